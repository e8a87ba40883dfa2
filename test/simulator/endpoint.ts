import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { holdBack } from '#local/pending-calls.ts';
import type { Clock } from '#pipeline/ports.ts';

/** A webhook request as it arrived. */
export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds on the clock. */
  readonly at: number;
  // biome-ignore lint/suspicious/noExplicitAny: events are compared with what HubSpot was seen to send
  readonly events: readonly any[];
}

/** A plain HTTP server that takes webhooks until its test ends. */
export interface Endpoint {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Every event received, in order, attempts that were refused included. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly events: readonly any[];
  readonly mostAtOnce: number;
  /** Answers with another status from now on. */
  answer(status: number): void;
  /** Lets every answer wait on the clock. */
  takeMs(ms: number): void;
  close(): Promise<void>;
}

/** Numbers that a double does not hold come as their digits. */
function parsed(body: string): ReceivedRequest['events'] {
  type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;
  const exact: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? source : value;
  return JSON.parse(body, exact as Parameters<typeof JSON.parse>[1]);
}

/** Listens on a free port of the loopback interface. */
export async function endpoint(clock: Clock): Promise<Endpoint> {
  const requests: ReceivedRequest[] = [];
  let status = 204;
  let takesMs = 0;
  let [atOnce, mostAtOnce] = [0, 0];

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method, headers } = request;
    requests.push({ method, headers, body, at: clock.now(), events: parsed(body) });
    const { localPort, remotePort } = request.socket;
    if (takesMs > 0) await holdBack({ localPort, remotePort }, () => clock.sleep(takesMs));
    atOnce -= 1;
    response.writeHead(status).end();
  };

  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hubspot/webhook`,
    requests,
    get events() {
      return requests.flatMap(({ events }) => events);
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    answer: (next) => {
      status = next;
    },
    takeMs: (ms) => {
      takesMs = ms;
    },
    close,
  };
}

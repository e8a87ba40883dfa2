import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server does with one request. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage & { bodyText: string }) => void;

/** An HTTP server on loopback that behaves as listed, one entry per request, the last one for ever; stops with its test. */
export interface FaultyServer {
  readonly url: string;
  /** Method and path of every request. */
  readonly seen: readonly string[];
  readonly bodies: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
}

/** An answer of HubSpot's with its usual headers. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, {
      'content-type': 'application/json;charset=utf-8',
      'x-hubspot-correlation-id': 'c0ffee',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** An answer by any other server on the way. */
export const page =
  (status: number, text: string, headers: Record<string, string>): Behaviour =>
  (response) => {
    response.writeHead(status, headers);
    response.end(text);
  };

/** Never answers. */
export const hang: Behaviour = () => {};

/** Cuts the connection. */
export const cut: Behaviour = (response) => {
  response.destroy();
};

/** Starts it. */
export async function faultyServer(behaviours: readonly Behaviour[]): Promise<FaultyServer> {
  const seen: string[] = [];
  const bodies: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bodyText = Buffer.concat(chunks).toString();
      const behaviour = behaviours[Math.min(seen.length, behaviours.length - 1)];
      seen.push(`${request.method} ${request.url}`);
      bodies.push(bodyText);
      authorizations.push(request.headers.authorization);
      behaviour?.(response, Object.assign(request, { bodyText }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, bodies, authorizations };
}

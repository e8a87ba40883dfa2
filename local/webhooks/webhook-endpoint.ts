import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receiveWebhook } from '#hubspot/webhook/receive.ts';
import type { Clock } from '#pipeline/ports.ts';

/** What an endpoint needs. */
export interface EndpointOptions {
  readonly clock: Clock;
  readonly secrets: readonly string[];
  readonly enqueue: (message: string) => void;
  /** Default: any free port. */
  readonly port?: number;
}

/** Where the path stands in for API Gateway and the function behind it. */
export const webhookPath = '/hubspot/webhook';

/** An HTTP server on loopback that takes webhooks as the deployed function does: by the same code, into a queue. */
export async function openEndpoint({ clock, secrets, enqueue, port = 0 }: EndpointOptions) {
  const received: Record<string, number> = {};
  let url = '';
  const server = createServer(async (request, response) => {
    const { statusCode, outcome } = await receiveWebhook({
      request: {
        headers: request.headers as Record<string, string | undefined>,
        body: (await bodyOf(request)).toString('base64'),
        isBase64Encoded: true,
        requestContext: { http: { method: request.method ?? 'GET' } },
      },
      publicUrl: url,
      secrets,
      now: clock.now(),
      enqueue: async (message) => enqueue(message),
    });
    received[outcome] = (received[outcome] ?? 0) + 1;
    response.writeHead(statusCode).end();
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${webhookPath}`;
  return {
    url,
    /** Requests so far, by what they came to. */
    received: received as Readonly<Record<string, number>>,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

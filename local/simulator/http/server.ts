import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingCall, OutgoingAnswer } from './desk.ts';

/** An answer on its way, and where the connection breaks: before its first byte, or in the middle of its body. */
export interface Delivery extends OutgoingAnswer {
  readonly cut?: 'before' | 'within';
}

/** The ends of the connection that a call came by. */
export interface Connection {
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
}

/** Longer request lines than HubSpot takes must still arrive, to be refused in its way. */
const maxHeaderSize = 65_536;

/** Listens on the loopback interface only; port 0 takes any free one. */
export async function listen(port: number): Promise<{ server: Server; url: string }> {
  const server = createServer({ maxHeaderSize, keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${taken}` };
}

/** Lets somebody answer what the server receives. */
export function serve(server: Server, answer: (call: IncomingCall, from: Connection) => Promise<Delivery>): void {
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', async () => {
      const { localPort, remotePort } = message.socket;
      const call = {
        method: message.method ?? 'GET',
        target: message.url ?? '/',
        authorization: message.headers.authorization,
        bodyText: Buffer.concat(chunks).toString('utf8'),
      };
      deliver(response, await answer(call, { localPort, remotePort }));
    });
  });
}

function deliver(response: ServerResponse, { status, headers, body, cut }: Delivery): void {
  if (cut === 'before') {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(body ?? '');
  response.writeHead(status, { ...headers, ...(body !== undefined && { 'Content-Length': String(bytes.length) }) });
  if (cut === 'within') response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}

/** Stops listening and drops connections that are kept alive. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

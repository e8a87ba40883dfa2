import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Desk } from './desk.ts';

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

/** Lets a desk answer what the server receives. */
export function serve(server: Server, desk: Desk): void {
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const { status, headers, body } = desk.answer({
        method: message.method ?? 'GET',
        target: message.url ?? '/',
        authorization: message.headers.authorization,
        bodyText: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(status, headers).end(body);
    });
  });
}

/** Stops listening and drops connections that are kept alive. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

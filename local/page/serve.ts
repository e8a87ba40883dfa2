import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunOverview } from '#contract/report.ts';
import { firstPage } from './first-page.ts';

/** Where the page is, and how to stop serving it. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Serves the latest overview on loopback, on another port when `port` is taken. */
export async function servePage(latest: () => RunOverview, port: number): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/')
      response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(firstPage(latest()));
    else if (path === '/report.json')
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(latest().report, null, 2));
    else response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('Not found. The page is at /\n');
  });

  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listen(0);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportJson } from '../report-json.ts';
import { firstPage, type PageContent } from './first-page.ts';

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

/** Serves the latest result on loopback, on another port when `port` is taken. */
export async function servePage(latest: () => PageContent, port: number): Promise<PageServer> {
  const server = createServer(({ method, url, headers: { host } }, response) => {
    const { status, type, text } = answer(latest, method, `http://${host}`, url ?? '/');
    response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(text);
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

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const plain = (status: number, text: string): Answer => ({ status, type: 'text/plain', text: `${text}\n` });

/** Other names than these lead here only when another site has its own name point at this machine. */
const ownNames = ['127.0.0.1', 'localhost'];

function answer(latest: () => PageContent, method: string | undefined, origin: string, target: string): Answer {
  if (!URL.canParse(target, origin)) return plain(400, 'Not an address.');
  const { hostname, pathname } = new URL(target, origin);
  if (!ownNames.includes(hostname)) return plain(421, 'This page is for this machine only.');
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'This page is only read.');
  if (pathname === '/') return { status: 200, type: 'text/html', text: firstPage(latest()) };
  if (pathname === '/report.json')
    return { status: 200, type: 'application/json', text: reportJson(latest().overview.report) };
  return plain(404, 'Not found. The page is at /');
}

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Requests to DynamoDB, by operation, until it is closed. */
export interface StoreOps {
  readonly byName: Readonly<Record<string, number>>;
  total(): number;
  close(): void;
}

/** https://nodejs.org/api/diagnostics_channel.html#built-in-channels */
const channel = 'http.client.request.start';

/** Counts the requests that this process sends to a DynamoDB, repeated ones included. */
export function watchStoreOps(url: string): StoreOps {
  const { port } = new URL(url);
  const byName: Record<string, number> = {};
  const count = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const target = request.getHeader('x-amz-target');
    if (typeof target !== 'string' || !String(request.getHeader('host')).endsWith(`:${port}`)) return;
    const name = target.slice(target.indexOf('.') + 1);
    byName[name] = (byName[name] ?? 0) + 1;
  };
  subscribe(channel, count);
  return {
    byName,
    total: () => Object.values(byName).reduce((sum, each) => sum + each, 0),
    close: () => void unsubscribe(channel, count),
  };
}

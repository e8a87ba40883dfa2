import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Something that counts until it is closed. */
interface Watch {
  close(): void;
}

/** Listens on diagnostics channels (https://nodejs.org/api/diagnostics_channel.html#built-in-channels). */
function listen(listeners: Readonly<Record<string, (message: never) => void>>): Watch {
  const all = Object.entries(listeners) as [string, (message: unknown) => void][];
  for (const [name, listener] of all) subscribe(name, listener);
  return {
    close: () => {
      for (const [name, listener] of all) unsubscribe(name, listener);
    },
  };
}

/** Requests to DynamoDB, by operation. */
export interface StoreOps extends Watch {
  readonly byName: Readonly<Record<string, number>>;
  total(): number;
}

/** Counts the requests that this process sends to a DynamoDB, repeated ones included. */
export function watchStoreOps(url: string): StoreOps {
  const { port } = new URL(url);
  const byName: Record<string, number> = {};
  const watch = listen({
    'http.client.request.start': ({ request }: { readonly request: ClientRequest }) => {
      const target = request.getHeader('x-amz-target');
      if (typeof target !== 'string' || !String(request.getHeader('host')).endsWith(`:${port}`)) return;
      const name = target.slice(target.indexOf('.') + 1);
      byName[name] = (byName[name] ?? 0) + 1;
    },
  });
  return { ...watch, byName, total: () => Object.values(byName).reduce((sum, count) => sum + count, 0) };
}

interface OfFetch {
  readonly request: { readonly origin: string };
}

/** Milliseconds that the sender of webhooks waited for each answer, its body included. */
export interface RoundTrips extends Watch {
  readonly ms: readonly number[];
}

/** Measures what this process fetches from an endpoint. */
export function watchRoundTrips(url: string): RoundTrips {
  const { origin } = new URL(url);
  const began = new Map<object, number>();
  const ms: number[] = [];
  const watch = listen({
    'undici:request:create': ({ request }: OfFetch) => {
      if (request.origin === origin) began.set(request, performance.now());
    },
    'undici:request:trailers': ({ request }: OfFetch) => {
      const start = began.get(request);
      if (start !== undefined) ms.push(performance.now() - start);
    },
  });
  return { ...watch, ms };
}

import { type Channel, channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/**
 * HTTP calls that this process has sent and not read to their end, whoever sent them: `fetch` and Node's own client tell
 * of them on diagnostics channels (https://nodejs.org/api/diagnostics_channel.html#built-in-channels,
 * https://undici.nodejs.org/#/docs/api/DiagnosticsChannel). A clock that is not the machine's waits for them.
 */

/** The ends of a connection, as the client sees them. */
interface Ends {
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
}

const open = new Map<object, () => Ends | null | undefined>();
const heldBack = new Set<string>();
let changes = 0;
let waiting: (() => void)[] = [];
let watching = false;

/** Turns of the event loop after which nothing follows any more from an answer: its body is read in turns of its own. */
const turnsToSettle = 4;

const pending = (): number => {
  let count = 0;
  for (const ends of open.values()) if (!heldBack.has(connection(ends()))) count += 1;
  return count;
};

const connection = (ends: Ends | null | undefined): string => `${ends?.localPort}-${ends?.remotePort}`;

const changed = (): void => {
  changes += 1;
  const told = waiting;
  waiting = [];
  for (const tell of told) tell();
};

const began = (call: object, ends: () => Ends | null | undefined = () => null): void => {
  open.set(call, ends);
  changed();
};

const ended = (call: object): void => {
  if (open.delete(call)) changed();
};

const on = <T>(name: string, listener: (message: T) => void): Channel => {
  const told = channel(name);
  told.subscribe((message) => listener(message as T));
  return told;
};

/** Begins to count; calls sent before are not seen. */
export function watchCalls(): void {
  if (watching) return;
  watching = true;
  type OfFetch = { readonly request: object };
  on<OfFetch>('undici:request:create', ({ request }) => began(request));
  on<OfFetch & { readonly socket: Ends }>('undici:client:sendHeaders', ({ request, socket }) => {
    if (open.has(request)) open.set(request, () => socket);
  });
  on<OfFetch>('undici:request:trailers', ({ request }) => ended(request));
  on<OfFetch>('undici:request:error', ({ request }) => ended(request));
  on<{ readonly request: ClientRequest }>('http.client.request.start', ({ request }) => {
    began(request, () => request.socket);
    request.once('close', () => ended(request));
  });
}

/**
 * Resolves once no call is under way and nothing follows from the last answer: whoever still waits, waits for the clock.
 * Calls that a simulated server holds back do not count.
 */
export async function quiet(): Promise<void> {
  for (let seen = -1; seen !== changes; ) {
    while (pending() > 0) await new Promise<void>((tell) => waiting.push(tell));
    seen = changes;
    for (let turn = 0; turn < turnsToSettle; turn += 1) await new Promise<void>((next) => setImmediate(next));
  }
}

/**
 * Says that a server in this process holds a call back until `waits` resolves. `ends` are those of the connection as
 * the server sees them; a caller in another process is not known here, and nothing changes.
 */
export async function holdBack<T>(ends: Ends, waits: () => Promise<T>): Promise<T> {
  const name = connection({ localPort: ends.remotePort, remotePort: ends.localPort });
  heldBack.add(name);
  changed();
  try {
    return await waits();
  } finally {
    heldBack.delete(name);
    changed();
  }
}

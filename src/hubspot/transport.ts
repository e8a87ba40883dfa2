import type { CallCount, Clock } from '#pipeline/ports.ts';
import { HubSpotBusyError, type HubSpotRefusedError, PayloadError } from '#platform/errors.ts';
import type { Access } from './access.ts';
import { exchange, type Incoming } from './exchange.ts';
import type { Governor } from './governor.ts';
import { quoteLongIntegers } from './long-integers.ts';
import { serverRates } from './rate-headers.ts';
import { refusalFrom } from './refusal.ts';
import { refusedError } from './remedies.ts';
import { attempts, backoffMs, longestRetryMs, type Transient, transientStatus } from './retries.ts';
import { type Destination, destinationOf } from './routes.ts';

/** A good answer: 2xx, JSON, ids quoted. */
export interface Answer {
  readonly status: number;
  readonly json: string;
  readonly value: unknown;
}

/** The one way to HubSpot: every call passes the routing table, the governor, the time-out and the retries. */
export interface Transport {
  /** `path` is the undated one with its query. Throws `HubSpotBusyError`, `HubSpotRefusedError` or `PayloadError`. */
  send(method: string, path: string, body?: string): Promise<Answer>;
  /** What was sent so far, attempts included. */
  calls(): CallCount;
}

/** What the transport needs. `random` gives numbers in [0, 1) for the jitter. */
export interface TransportOptions extends Access {
  readonly clock: Clock;
  readonly governor: Governor;
  readonly timeoutMs: number;
  readonly random: () => number;
}

type Read = { readonly answer: Answer } | { readonly transient: Transient } | { readonly refused: Incoming };

const transient = (what: string): Read => ({ transient: { what, atLeastMs: 0 } });

/** A gateway's page instead of HubSpot's answer, or half an answer, passes like a 502. */
const readGood = (incoming: Incoming): Read => {
  const type = incoming.headers.get('content-type');
  if (type === null) return transient('answer without a content type');
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return transient('answer that is not JSON');
  const json = quoteLongIntegers(incoming.text);
  try {
    return { answer: { status: incoming.status, json, value: JSON.parse(json) } };
  } catch {
    return transient('broken JSON');
  }
};

const read = (received: Incoming | Transient): Read => {
  if (!('status' in received)) return { transient: received };
  if (received.status >= 200 && received.status <= 299) return readGood(received);
  const passing = transientStatus(received.status, received.text, received.headers.get('retry-after'));
  return passing
    ? { transient: { ...passing, what: `HTTP ${received.status}, ${passing.what}` } }
    : { refused: received };
};

const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(quoteLongIntegers(text));
  } catch {
    return undefined;
  }
};

const refused = (incoming: Incoming, call: { method: string; path: string }): HubSpotRefusedError =>
  refusedError(
    refusalFrom(incoming.status, jsonOrNothing(incoming.text), incoming.headers.get('x-hubspot-correlation-id')),
    call,
  );

const busy = (call: { method: string; path: string }, last: Transient, tried: number): HubSpotBusyError => {
  const wait = Number.isFinite(last.atLeastMs) ? last.atLeastMs : 0;
  return new HubSpotBusyError(
    `HubSpot cannot answer ${call.method} ${call.path} now: ${last.what} (attempts: ${tried}).`,
    last.policy === 'day'
      ? "Wait for midnight in the account's time zone, or see which other integrations use the daily allowance."
      : wait > longestRetryMs
        ? `Try again in ${Math.ceil(wait / 60_000)} min, as HubSpot asks.`
        : 'Try again later; if it lasts, see https://status.hubspot.com.',
  );
};

/** Builds the transport on Node's own `fetch`. */
export function hubSpotTransport(options: TransportOptions): Transport {
  const { baseUrl, accessToken, clock, governor, timeoutMs, random } = options;
  const sent = new Map<string, number>();

  const attempt = async (method: string, { path, kind }: Destination, query: string, body?: string): Promise<Read> => {
    await governor.acquire(kind);
    sent.set(kind, (sent.get(kind) ?? 0) + 1);
    const received = await exchange({ method, url: `${baseUrl}${path}${query}`, body, accessToken, timeoutMs });
    if ('status' in received) governor.learn(kind, serverRates(received.headers));
    return read(received);
  };

  const makeWay = (destination: Destination, failure: Transient): void => {
    if (failure.policy === 'day') governor.dayIsOver(destination.kind);
    else if (failure.policy) governor.limited(destination.kind, failure.atLeastMs);
  };

  return {
    send: async (method, pathAndQuery, body) => {
      const [path = '', search] = pathAndQuery.split('?');
      const destination = destinationOf(method, path);
      if (!destination)
        throw new PayloadError(
          `No route for ${method} ${path}.`,
          'Add the call to the table in src/hubspot/routes.ts.',
        );
      const call = { method, path: destination.path };
      for (let tried = 1; ; tried += 1) {
        const result = await attempt(method, destination, search ? `?${search}` : '', body);
        if ('answer' in result) return result.answer;
        if ('refused' in result) throw refused(result.refused, call);
        makeWay(destination, result.transient);
        const wait = result.transient.policy ? 0 : result.transient.atLeastMs;
        if (tried === attempts || result.transient.atLeastMs > longestRetryMs)
          throw busy(call, result.transient, tried);
        await clock.sleep(wait + backoffMs(tried, random));
      }
    },
    calls: () => ({
      total: [...sent.values()].reduce((total, count) => total + count, 0),
      byKind: Object.fromEntries(sent),
    }),
  };
}

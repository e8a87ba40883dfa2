import type { Instant } from '#domain/records/record.ts';
import type { CallCount, Clock, DailyAllowance } from '#pipeline/ports.ts';
import { HubSpotBusyError, type HubSpotRefusedError, PayloadError } from '#platform/errors.ts';
import type { Access } from './access.ts';
import { exchange, type Incoming, type Outgoing } from './exchange.ts';
import type { Governor } from './governor.ts';
import { budgetsOf } from './limits.ts';
import { quoteLongIntegers } from './long-integers.ts';
import { serverRates } from './rate-headers.ts';
import { refusalFrom } from './refusal.ts';
import { refusedError } from './remedies.ts';
import { attempts, backoffMs, type Transient, transientStatus } from './retries.ts';
import { type CallKind, destinationOf } from './routes.ts';
import { UnreadableAnswer } from './unreadable.ts';

/** A good answer: 2xx, JSON, ids quoted. */
export interface Answer {
  readonly status: number;
  readonly json: string;
  readonly value: unknown;
}

/** The one way to HubSpot: every call passes the routing table, the governor, the time-out and the retries. */
export interface Transport {
  /**
   * `path` is the undated one with its query. A good status with an answer that cannot be read is tried `readings` times, six
   * unless told otherwise. Throws `HubSpotBusyError`, `HubSpotRefusedError` or `PayloadError`.
   */
  send(method: string, path: string, body?: string, readings?: number): Promise<Answer>;
  /** What was sent so far, attempts included. */
  calls(): CallCount;
  /** What the last answer that spoke of the day said. */
  allowance(): DailyAllowance | null;
  /** Calls of the burst window, as the last answer that spoke of them said; null before. */
  burst(): number | null;
}

/** What the transport needs. `random` gives numbers in [0, 1) for the jitter. */
export interface TransportOptions extends Access {
  readonly clock: Clock;
  readonly governor: Governor;
  readonly timeoutMs: number;
  readonly random: () => number;
}

type Request = Omit<Outgoing, 'accessToken' | 'timeoutMs'>;

const unauthorised = 401;

type Read = { readonly answer: Answer } | { readonly transient: Transient } | { readonly refused: Incoming };

const unreadable = (what: string): Read => ({ transient: { what, atLeastMs: 0, unreadable: true } });

/** A gateway's page instead of HubSpot's answer, half an answer, or an empty object passes like a 502. */
const readGood = (incoming: Incoming): Read => {
  const type = incoming.headers.get('content-type');
  if (type === null) return unreadable('answer without a content type');
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return unreadable('answer that is not JSON');
  const json = quoteLongIntegers(incoming.text);
  if (/^\s*\{\s*\}\s*$/.test(json)) return unreadable('answer with nothing in it');
  try {
    return { answer: { status: incoming.status, json, value: JSON.parse(json) } };
  } catch {
    return unreadable('broken JSON');
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

const minutes = (ms: number): string => (ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`);

const busyRemedy = ({ policy, atLeastMs }: Transient): string => {
  if (policy === 'day')
    return "Wait for midnight in the account's time zone, or see which other integrations use the daily allowance.";
  if (atLeastMs > 0) return `Try again in ${minutes(atLeastMs)}, as HubSpot asks.`;
  return 'Try again later; if it lasts, see https://status.hubspot.com.';
};

const busy = (
  call: { method: string; path: string },
  last: Transient,
  { tried, retryAt }: { tried: number; retryAt: Instant | null },
): HubSpotBusyError =>
  new HubSpotBusyError(
    `HubSpot cannot answer ${call.method} ${call.path} now: ${last.what} (attempts: ${tried}).`,
    busyRemedy(last),
    { retryAt, ...(last.unreadable ? { cause: new UnreadableAnswer(last.what) } : {}) },
  );

/** Builds the transport on Node's own `fetch`. */
export function hubSpotTransport(options: TransportOptions): Transport {
  const { baseUrl, token, clock, governor, timeoutMs, random } = options;
  const sent = new Map<string, number>();
  let allowance: DailyAllowance | null = null;
  let burst: number | null = null;

  const attempt = async (kind: CallKind, request: Request, accessToken: string): Promise<Incoming | Transient> => {
    await governor.acquire(kind);
    sent.set(kind, (sent.get(kind) ?? 0) + 1);
    const received = await exchange({ ...request, accessToken, timeoutMs });
    if ('status' in received) {
      const rates = serverRates(received.headers);
      allowance = rates.daily ?? allowance;
      if (budgetsOf[kind].window === 'burst') burst = rates.window?.calls ?? burst;
      await governor.learn(kind, rates);
    }
    return received;
  };

  /** A token that was rotated meanwhile is asked for, once a call; what HubSpot says to that one stands. */
  const attempted = async (kind: CallKind, request: Request): Promise<Read> => {
    const accessToken = await token.current();
    const received = await attempt(kind, request, accessToken);
    const isOutdated = 'status' in received && received.status === unauthorised;
    const fresh = isOutdated ? await token.after(accessToken) : null;
    return read(fresh === null ? received : await attempt(kind, request, fresh));
  };

  /** Tells the governor of a 429, and answers when to try again at the earliest; null where nobody said. */
  const makeWay = async (kind: CallKind, { policy, atLeastMs }: Transient): Promise<Instant | null> => {
    if (policy === 'day') return governor.dayIsOver(kind);
    if (policy) await governor.limited(kind, atLeastMs);
    return atLeastMs > 0 ? clock.now() + atLeastMs : null;
  };

  return {
    send: async (method, pathAndQuery, body, readings = attempts) => {
      const [path = '', search] = pathAndQuery.split('?');
      const destination = destinationOf(method, path);
      if (!destination)
        throw new PayloadError(
          `No route for ${method} ${path}.`,
          'Add the call to the table in src/hubspot/routes.ts.',
        );
      const call = { method, path: destination.path };
      const request = { method, url: `${baseUrl}${destination.path}${search ? `?${search}` : ''}`, body };
      for (let tried = 1; ; tried += 1) {
        const result = await attempted(destination.kind, request);
        if ('answer' in result) return result.answer;
        if ('refused' in result) throw refused(result.refused, call);
        const retryAt = await makeWay(destination.kind, result.transient);
        const wait = result.transient.policy ? 0 : result.transient.atLeastMs;
        const most = result.transient.unreadable ? readings : attempts;
        if (tried >= most || result.transient.atLeastMs > governor.patienceMs)
          throw busy(call, result.transient, { tried, retryAt });
        await clock.sleep(wait + backoffMs(tried, random));
      }
    },
    calls: () => ({
      total: [...sent.values()].reduce((total, count) => total + count, 0),
      byKind: Object.fromEntries(sent),
    }),
    allowance: () => allowance,
    burst: () => burst,
  };
}

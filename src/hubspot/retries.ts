/** A failure that passes: what it was, and how long to wait at least before the next attempt. */
export interface Transient {
  readonly what: string;
  readonly atLeastMs: number;
  /** Which budget is exhausted, where HubSpot said 429. */
  readonly policy?: 'second' | 'ten seconds' | 'day';
  /** The status was good, the answer is not one that can be read. */
  readonly unreadable?: true;
}

/** Attempts of one call, the first included. */
export const attempts = 6;

const firstBackoffMs = 500;
const longestBackoffMs = 20_000;

/** Full jitter: a random part of a doubling backoff (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). */
export const backoffMs = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)));

/** Statuses that pass, and the least wait (https://developers.hubspot.com/docs/api-reference/error-handling). */
const passing: Readonly<Record<number, { readonly what: string; readonly atLeastMs: number }>> = {
  408: { what: 'request time-out', atLeastMs: 0 },
  423: { what: 'records locked by a bulk change', atLeastMs: 2_000 },
  477: { what: 'account being migrated between data centres', atLeastMs: 10_000 },
  500: { what: 'server error', atLeastMs: 0 },
  502: { what: 'bad gateway', atLeastMs: 0 },
  503: { what: 'service unavailable', atLeastMs: 0 },
  504: { what: 'gateway time-out', atLeastMs: 0 },
  521: { what: 'server down', atLeastMs: 0 },
  522: { what: 'connection time-out', atLeastMs: 0 },
  523: { what: 'server unreachable', atLeastMs: 0 },
  524: { what: 'time-out after 100 s', atLeastMs: 0 },
  525: { what: 'TLS handshake failed', atLeastMs: 0 },
  526: { what: 'invalid certificate', atLeastMs: 0 },
};

/** 429 by `policyName`, or by the message where an edge server leaves the name out. */
const policies: readonly (readonly [RegExp, Transient])[] = [
  [/ten_?secondly/i, { what: 'ten-second limit', atLeastMs: 10_000, policy: 'ten seconds' }],
  [/secondly/i, { what: 'per-second limit', atLeastMs: 1_000, policy: 'second' }],
  [/daily/i, { what: 'daily limit', atLeastMs: Number.POSITIVE_INFINITY, policy: 'day' }],
];
const unnamedPolicy: Transient = { what: 'rate limit', atLeastMs: 10_000, policy: 'ten seconds' };

const limitFrom = (body: string): Transient => {
  const policy = /"policyName"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? body.slice(0, 500);
  return policies.find(([pattern]) => pattern.test(policy))?.[1] ?? unnamedPolicy;
};

const retryAfterMs = (header: string | null): number => {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds * 1000 : 0;
};

/** What to make of an answer's status; undefined where trying again does not help. */
export function transientStatus(status: number, body: string, retryAfter: string | null): Transient | undefined {
  const found = status === 429 ? limitFrom(body) : passing[status];
  return found && { ...found, atLeastMs: Math.max(found.atLeastMs, retryAfterMs(retryAfter)) };
}

import type { Instant } from '#domain/records/record.ts';
import type { WindowLimit } from './limits.ts';

/** Hands out moments so that no rolling period holds more calls than its limit. */
export interface RollingWindow {
  /** The earliest moment, `now` or later, at which one more call fits. Reserves nothing. */
  earliest(now: Instant): Instant;
  /** Takes the place of one call at a moment given by `earliest`. */
  reserve(at: Instant): void;
  /** Nothing before this moment. */
  block(until: Instant): void;
  /** What the server says: its limit, and how much of it is left; calls of others are counted as ours. */
  adjust(now: Instant, calls: number, remaining: number): void;
}

/** A log of the moments given away. At most `calls` per `perMs`, for rolling and fixed windows and token buckets alike. */
export function rollingWindow(limit: WindowLimit): RollingWindow {
  const span = limit.perMs + limit.marginMs;
  let calls = limit.calls;
  let blockedUntil = 0;
  let given: Instant[] = [];

  const forget = (now: Instant): void => {
    const kept = given.findIndex((at) => at > now - span);
    if (kept > 0) given = given.slice(kept);
    if (kept < 0) given = [];
  };
  const earliest = (now: Instant): Instant => {
    forget(now);
    const last = given.at(-1) ?? now;
    const making = given.length < calls ? now : (given[given.length - calls] ?? now) + span;
    return Math.max(now, last, making, blockedUntil);
  };

  return {
    earliest,
    reserve: (at) => {
      given.push(at);
    },
    block: (until) => {
      blockedUntil = Math.max(blockedUntil, until);
    },
    adjust: (now, serverCalls, remaining) => {
      if (serverCalls > 0) calls = serverCalls;
      forget(now);
      const past = given.filter((at) => at <= now).length;
      const foreign = Math.max(0, calls - remaining - past);
      if (foreign > 0) given = [...given, ...Array<Instant>(foreign).fill(now)].sort((a, b) => a - b);
    },
  };
}

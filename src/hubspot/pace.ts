import type { Instant } from '#domain/records/record.ts';
import type { WindowLimit } from './limits.ts';

/** What processes share about one rolling window: plain JSON. */
export interface Pace {
  /** The first slot that nobody has leased. */
  readonly next: Instant;
  /** Calls in a window, as HubSpot last said. */
  readonly calls: number;
  /** When calls of others last left too little room, and the share of the window we took then; null if never. */
  readonly met: { readonly at: Instant; readonly share: number } | null;
  /** 429s since a moment, for as long as a window. */
  readonly refused: { readonly since: Instant; readonly count: number };
  /** How many slots have their places in each stretch of time that is no further back than a window. */
  readonly leased?: readonly (readonly [since: Instant, count: number])[];
}

/** The pace to begin with. */
export const firstPace = ({ calls }: WindowLimit): Pace => ({
  next: 0,
  calls,
  met: null,
  refused: { since: 0, count: 0 },
});

/**
 * How much of a window is ours. Where others draw on it without our knowing, we step back by 6 %, are back at the share of
 * the meeting after 15 windows, stay near it, and then try for more ever faster: the growth of TCP's CUBIC
 * (https://www.rfc-editor.org/rfc/rfc9438). It needs no write to grow, so all processes see the same share.
 */
export function shareAt({ perMs }: WindowLimit, { met }: Pace, now: Instant): number {
  if (!met) return 1;
  const steps = Math.max(0, now - met.at) / (stepsBack * perMs);
  return Math.min(1, Math.max(leastShare, met.share * (1 + stepBack * (steps - 1) ** 3)));
}

const stepBack = 0.06;
const stepsBack = 15;
const leastShare = 0.05;

/** Milliseconds from one slot to the next: at most `calls` of them fit in any rolling window, its margin included. */
export const spacingOf = (limit: WindowLimit, pace: Pace, now: Instant): number =>
  (limit.perMs + limit.marginMs) / (pace.calls * shareAt(limit, pace, now));

/** A slot further ahead is the work of a clock that is wrong by minutes; nobody waits for it. */
const longestLeadMs = 120_000;

/** The first slot nobody has leased, as it concerns us now. */
export const nextSlot = (pace: Pace, now: Instant): Instant =>
  pace.next > now + longestLeadMs ? now : Math.max(now, pace.next);

/** When a call may be sent: from a moment on, until its own place in the even row. */
export interface Slot {
  readonly from: Instant;
  readonly place: Instant;
}

/** Stretches of a window whose slots are counted together. */
const stretches = 10;
const stretchMs = ({ perMs }: WindowLimit): number => perMs / stretches;

type Leased = NonNullable<Pace['leased']>;

/** The stretches of which a slot may lie in the window that ends now, also by a clock that is behind. */
const stillLeased = (limit: WindowLimit, { leased = [] }: Pace, now: Instant): Leased =>
  leased.filter(
    ([since]) => since + stretchMs(limit) > now - limit.perMs - limit.marginMs && since <= now + longestLeadMs,
  );

/** Those, and the slots. */
function withSlots(limit: WindowLimit, leased: Leased, slots: readonly Slot[]): Leased {
  const counts = new Map(leased);
  for (const { place } of slots) {
    const since = Math.floor(place / stretchMs(limit)) * stretchMs(limit);
    counts.set(since, (counts.get(since) ?? 0) + 1);
  }
  return [...counts];
}

/** Calls that may be sent at once: what the window has left, while nobody holds a slot ahead and nobody else is met in it. */
function room(limit: WindowLimit, pace: Pace, now: Instant): number {
  if (!limit.atOnce || nextSlot(pace, now) > now || shareAt(limit, pace, now) < 1) return 0;
  return stillLeased(limit, pace, now).reduce(
    (left, [, count]) => left - count,
    pace.calls - spareOf(limit, pace.calls),
  );
}

/**
 * Leases up to `most` slots, none later than `upTo`. They are evenly spaced, so that a lane in haste finds one soon; after a
 * lull the first may be used at once, and those that follow wait until their own places have come: no window that ends
 * before the last place of a rush holds more than its calls, since places are counted, and none that ends later, since each
 * call was sent at its place or before.
 */
export function takeSlots(
  limit: WindowLimit,
  pace: Pace,
  { now, upTo, most }: { readonly now: Instant; readonly upTo: Instant; readonly most: number },
): { readonly pace: Pace; readonly slots: readonly Slot[] } {
  const spacing = spacingOf(limit, pace, now);
  const slots: Slot[] = [];
  const atOnce = room(limit, pace, now);
  let next = nextSlot(pace, now);
  for (; slots.length < most && next <= upTo; next += spacing) {
    const place = Math.ceil(next);
    slots.push({ from: slots.length < atOnce ? Math.ceil(now) : place, place });
  }
  const leased = limit.atOnce ? withSlots(limit, stillLeased(limit, pace, now), slots) : [];
  return { pace: { ...pace, next, leased }, slots };
}

/** Others left too little room: all step back, once per window. */
export function steppedBack(limit: WindowLimit, pace: Pace, now: Instant): Pace {
  const sameMeeting = pace.met !== null && now - pace.met.at < limit.perMs;
  return sameMeeting ? pace : { ...pace, met: { at: now, share: shareAt(limit, pace, now) } };
}

/** HubSpot said 429. More of them in a window than are taken in our stride: nobody calls for `holdMs`, and all step back. */
export function afterRefusal(limit: WindowLimit, pace: Pace, now: Instant, holdMs: number): Pace {
  const { since, count } = pace.refused;
  const refused = now - since < limit.perMs ? { since, count: count + 1 } : { since: now, count: 1 };
  if (refused.count <= limit.toleratedRefusals) return { ...pace, refused };
  return { ...steppedBack(limit, pace, now), refused, next: Math.max(nextSlot(pace, now), now + holdMs) };
}

/** HubSpot named another limit. Where it is lower, calls already sent have to leave the window first. */
export function withCalls(limit: WindowLimit, pace: Pace, now: Instant, calls: number): Pace {
  const tooMany = Math.max(0, 1 - calls / pace.calls);
  return { ...pace, calls, next: Math.max(pace.next, now + Math.ceil(tooMany * limit.perMs)) };
}

/** Fewer calls left than our own pace leaves: others draw on the same window. */
export const isCrowded = (limit: WindowLimit, calls: number, remaining: number): boolean =>
  remaining < spareOf(limit, calls) / 2;

/** Calls that our own full pace leaves of a window without its margin. */
const spareOf = ({ perMs, marginMs }: WindowLimit, calls: number): number =>
  Math.floor((calls * marginMs) / (perMs + marginMs));

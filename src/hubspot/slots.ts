import type { Instant } from '#domain/records/record.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { amend, conflictPauseMs, type Shared } from './amend.ts';
import type { Left } from './governor.ts';
import type { LaneRules } from './lanes.ts';
import type { WindowLimit } from './limits.ts';
import {
  afterRefusal,
  isCrowded,
  nextSlot,
  type Pace,
  type Slot,
  spacingOf,
  steppedBack,
  takeSlots,
  withCalls,
} from './pace.ts';

/** The calls of one process that wait for slots in one window. */
export interface SlotQueue {
  /** Resolves in a slot of the caller's own; `waits` is told the milliseconds before it sleeps. */
  turn(waits: (ms: number) => void): Promise<void>;
  /** What HubSpot's headers say of the window. */
  told(left: Left): Promise<void>;
  /** 429: nobody calls for a while. */
  refused(ms: number): Promise<void>;
}

interface Waiting {
  readonly until: Instant;
  readonly take: (slot: Slot) => void;
  readonly giveUp: (error: unknown) => void;
}

/** How much a look in vain spreads the next ones, against what a lease takes back: about three looks for one lease. */
const vainLook = 1;

const tooLong = (window: string, at: Instant, now: Instant): HubSpotBusyError =>
  new HubSpotBusyError(
    `The next ${window} call to HubSpot could be sent in ${Math.ceil((at - now) / 1000)} s only.`,
    'Try again later, or send fewer calls at the same time.',
    // Lanes above this one may lease slots that lie further ahead.
    { retryAt: at, laneOnly: true },
  );

/**
 * Leases slots for as many calls as wait, with one write to the book, in the order they came. Nobody holds a slot without
 * a call for it, so a process that dies wastes what its waiting calls held and no more.
 */
export function slotQueue(shared: Shared<Pace>, limit: WindowLimit, lane: LaneRules): SlotQueue {
  const { book, name, clock, random, initial } = shared;
  let waiting: Waiting[] = [];
  let serving = false;
  let seen = initial;
  /** How crowded the window is: doublings of the time over which this process spreads its looks. */
  let doublings = 0;
  let conflicts = 0;

  /** Those whose slot would come too late learn it now, not when their patience ends. */
  const dismiss = (pace: Pace, now: Instant): void => {
    const first = nextSlot(pace, now);
    for (const { until, giveUp } of waiting) if (until < first) giveUp(tooLong(name, first, now));
    waiting = waiting.filter(({ until }) => until >= first);
  };

  /** Milliseconds until this lane may lease, spread so that those who wait do not all look at once. */
  const lookAgainMs = (pace: Pace, now: Instant): number => {
    const opens = Math.max(0, nextSlot(pace, now) - lane.opensMs - now);
    const spread = Math.min(lane.spreadMs, spacingOf(limit, pace, now) * 2 ** doublings);
    if (spread < lane.spreadMs) doublings += vainLook;
    return Math.ceil(opens + random() * spread);
  };

  const serveSome = async (): Promise<void> => {
    const lease = await book.readLease<Pace>(name);
    seen = lease?.value ?? initial;
    const now = clock.now();
    dismiss(seen, now);
    if (waiting.length === 0) return;
    if (nextSlot(seen, now) > now + lane.opensMs) return clock.sleep(lookAgainMs(seen, now));
    const { pace, slots } = takeSlots(limit, seen, { now, upTo: now + lane.aheadMs, most: waiting.length });
    if (slots.length === 0) return;
    if (await book.swapLease(name, lease, pace)) {
      seen = pace;
      for (const slot of slots) waiting.shift()?.take(slot);
      doublings = Math.max(0, doublings - 1);
      conflicts = 0;
    } else {
      await clock.sleep(conflictPauseMs(conflicts, random));
      conflicts += 1;
    }
  };

  /** One at a time; whoever comes when the last one has been served starts it again, with nothing awaited in between. */
  const serveAll = async (): Promise<void> => {
    serving = true;
    try {
      while (waiting.length > 0) await serveSome();
    } catch (error) {
      for (const { giveUp } of waiting) giveUp(error);
      waiting = [];
    }
    serving = false;
  };

  const slot = (until: Instant): Promise<Slot> => {
    const given = new Promise<Slot>((take, giveUp) => waiting.push({ until, take, giveUp }));
    if (!serving) void serveAll();
    return given;
  };

  return {
    turn: async (waits) => {
      const until = clock.now() + lane.patienceMs;
      for (;;) {
        const { from, place } = await slot(until);
        const ms = from - clock.now();
        if (ms > 0) {
          waits(ms);
          await clock.sleep(ms);
        }
        // A process that was asleep when its place came would send its call among those of others.
        if (clock.now() - place <= limit.marginMs) return;
      }
    },
    told: async ({ calls, remaining }) => {
      if (!limit.believable(calls)) return;
      const isNews = (pace: Pace): boolean => pace.calls !== calls;
      const isFull = (pace: Pace): boolean =>
        isCrowded(limit, calls, remaining) && steppedBack(limit, pace, clock.now()) !== pace;
      if (!isNews(seen) && !isFull(seen)) return;
      seen = await amend(shared, (pace) => {
        const now = clock.now();
        if (!isNews(pace) && !isFull(pace)) return null;
        const renewed = isNews(pace) ? withCalls(limit, pace, now, calls) : pace;
        return isFull(renewed) ? steppedBack(limit, renewed, now) : renewed;
      });
    },
    refused: async (ms) => {
      const holdMs = ms > limit.perMs ? ms : Math.min(ms, limit.holdMs);
      seen = await amend(shared, (pace) => afterRefusal(limit, pace, clock.now(), holdMs));
    },
  };
}

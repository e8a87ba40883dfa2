import type { Instant } from '#domain/records/record.ts';
import { addDays, zoneOf } from '#domain/time/zone.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { amend, type Shared } from './amend.ts';
import type { Left } from './governor.ts';
import type { LaneRules } from './lanes.ts';

/** What processes share about one daily allowance: plain JSON. */
export interface Day extends Left {
  /** When this was so. */
  readonly asOf: Instant;
  /** When HubSpot's headers last said so; null if never. */
  readonly toldAt: Instant | null;
  /** HubSpot said that the day is over: nobody asks before. */
  readonly closedUntil: Instant;
  /** The account's, null until known. */
  readonly timeZone: string | null;
}

/** One daily allowance as one process uses it. */
export interface DayBudget {
  /** @throws HubSpotBusyError when there is nothing left for this lane today. */
  check(): Promise<void>;
  /** One call was sent. */
  spend(): void;
  /** What HubSpot's headers say of the day. */
  told(left: Left): Promise<void>;
  /** 429 for the day; answers when to ask again. */
  over(): Promise<Instant>;
  inZone(timeZone: string): Promise<void>;
}

/** Without headers to tell, the book is looked at after so long or so many calls: 50 processes err by 1 % of the smallest day. */
const believedMs = 60_000;
const believedCalls = 50;
/** What headers say is shared this often. */
const sharedEveryMs = 15_000;
const quarterHourMs = 15 * 60_000;

/** The next midnight in the account's time zone; where that is unknown, the next moment that may be one: zones are whole quarters of an hour apart. */
export function dayEndsAt(timeZone: string | null, at: Instant): Instant {
  if (timeZone === null) return (Math.floor(at / quarterHourMs) + 1) * quarterHourMs;
  const zone = zoneOf(timeZone);
  return zone.startOf(addDays(zone.dayOf(at), 1));
}

/** What is left now: all of it where a new day has begun since it was told. */
export const leftAt = (day: Day, now: Instant): number =>
  now >= dayEndsAt(day.timeZone, day.asOf) ? day.calls : day.remaining;

/** The allowance to begin with, whose first day is any. */
export const firstDay = (calls: number): Day => ({
  calls,
  remaining: calls,
  asOf: 0,
  toldAt: null,
  closedUntil: 0,
  timeZone: null,
});

const usedUp = ({ calls }: Day, reserve: number, retryAt: Instant): HubSpotBusyError =>
  new HubSpotBusyError(
    reserve > 0
      ? `Of the daily allowance of ${calls.toLocaleString('en')} calls to HubSpot the last ${reserve * 100} % are kept for more urgent work.`
      : `The daily allowance of ${calls.toLocaleString('en')} calls to HubSpot is used up.`,
    "Wait for midnight in the account's time zone, or see which other integrations use the allowance.",
    { retryAt, laneOnly: reserve > 0 },
  );

/** Keeps the calls of a lane within the day, its reserve left alone. */
export function dayBudget(shared: Shared<Day>, { reserve }: LaneRules): DayBudget {
  const { clock } = shared;
  let day = shared.initial;
  let spent = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let sharedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  /** Tells the book what was spent since, unless HubSpot has counted it for somebody meanwhile, and takes over what it says. */
  const look = async (): Promise<void> => {
    const now = clock.now();
    const since = lookedAt;
    const mine = spent;
    day = await amend(shared, (held) => {
      const counted = held.toldAt !== null && held.toldAt > since;
      if (mine === 0 || counted) return null;
      return { ...held, remaining: Math.max(0, leftAt(held, now) - mine), asOf: now };
    });
    spent -= mine;
    lookedAt = now;
  };

  const lookOnce = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  return {
    check: async () => {
      if (clock.now() - lookedAt >= believedMs || spent >= believedCalls) await lookOnce();
      const now = clock.now();
      if (now < day.closedUntil) throw usedUp(day, 0, day.closedUntil);
      if (leftAt(day, now) - spent <= reserve * day.calls) throw usedUp(day, reserve, dayEndsAt(day.timeZone, now));
    },
    spend: () => {
      spent += 1;
    },
    told: async (left) => {
      const now = clock.now();
      const isNews = left.calls !== day.calls;
      day = { ...day, ...left, asOf: now, toldAt: now };
      spent = 0;
      if (!isNews && now - sharedAt < sharedEveryMs) return;
      sharedAt = now;
      const held = await amend(shared, (known) => {
        const isKnown = known.calls === left.calls && known.toldAt !== null && now - known.toldAt < sharedEveryMs;
        return isKnown ? null : { ...known, ...left, asOf: now, toldAt: now };
      });
      day = { ...day, timeZone: held.timeZone, closedUntil: held.closedUntil };
      lookedAt = now;
    },
    over: async () => {
      day = await amend(shared, (held) => ({ ...held, closedUntil: dayEndsAt(held.timeZone, clock.now()) }));
      return day.closedUntil;
    },
    inZone: async (timeZone) => {
      if (day.timeZone === timeZone) return;
      const held = await amend(shared, (held) => (held.timeZone === timeZone ? null : { ...held, timeZone }));
      day = { ...day, timeZone: held.timeZone };
    },
  };
}

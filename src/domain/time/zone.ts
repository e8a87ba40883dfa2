import type { Instant } from '../records/record.ts';
import { latest } from './latest.ts';
import { offsetsOf } from './offsets.ts';

/** A calendar day in a portal's time zone, `YYYY-MM-DD`. */
export type Day = string;

const day24h = 86_400_000;

/** Days and midnights in one time zone. */
export interface Zone {
  readonly name: string;
  /** The calendar day that contains the instant. */
  dayOf(at: Instant): Day;
  /** The instant at which the day begins there. */
  startOf(day: Day): Instant;
}

/**
 * Reads a time zone by its IANA name (HubSpot's legacy names such as `US/Eastern` included).
 * @throws RangeError when the runtime does not know the name.
 */
export function zoneOf(name: string): Zone {
  const stretches = offsetsOf(name);
  const offsetAt = (at: Instant): number => latest(stretches, at)?.offset ?? 0;
  const dayOf = (at: Instant): Day => dayAtUtc(at + offsetAt(at));
  return {
    name,
    dayOf,
    startOf: (day) => {
      const midnight = Date.parse(`${day}T00:00:00Z`);
      // By the clocks of the day before, or by those of the day after: they may have been changed in between.
      const candidates = [-day24h, day24h].map((away) => midnight - offsetAt(midnight + away));
      const begins = (at: Instant): boolean => dayOf(at) >= day && dayOf(at - 1) < day;
      return Math.min(...candidates.filter(begins));
    },
  };
}

/** The UTC calendar day of an instant. */
export const dayAtUtc = (at: Instant): Day => new Date(Math.floor(at / day24h) * day24h).toISOString().slice(0, 10);

/** The day `count` days later (earlier when negative). */
export const addDays = (day: Day, count: number): Day => dayAtUtc(Date.parse(`${day}T00:00:00Z`) + count * day24h);

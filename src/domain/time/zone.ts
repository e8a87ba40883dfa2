import type { Instant } from '../records/record.ts';

/** A calendar day in a portal's time zone, `YYYY-MM-DD`. */
export type Day = string;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days and midnights in one time zone. */
export interface Zone {
  readonly name: string;
  /** The calendar day that contains the instant. */
  dayOf(at: Instant): Day;
  /** The instant at which the day begins there. */
  startOf(day: Day): Instant;
}

/** Quarters of an hour of which a zone remembers the offset: as many as three years have. */
const mostOffsets = 100_000;

/** Zones by name: to read one takes longer than most of what it is asked for. */
const zones = new Map<string, Zone>();

/**
 * Reads a time zone by its IANA name (HubSpot's legacy names such as `US/Eastern` included), once.
 * @throws RangeError when the runtime does not know the name.
 */
export function zoneOf(name: string): Zone {
  const known = zones.get(name) ?? readZone(name);
  zones.set(name, known);
  return known;
}

function readZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();

  // Offsets change on whole quarters of an hour only, so one look-up serves every instant of that quarter.
  const offsetAt = (at: Instant): number => {
    const quarter = Math.floor(at / (HOUR / 4));
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const text = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const found = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = found ?? [];
    const magnitude = Number(hours) * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000;
    const offset = sign === '-' ? -magnitude : magnitude;
    if (offsets.size >= mostOffsets) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  };

  return {
    name,
    dayOf: (at) => dayAtUtc(at + offsetAt(at)),
    startOf: (day) => {
      const local = Date.parse(`${day}T00:00:00Z`);
      const guess = local - offsetAt(local);
      const at = local - offsetAt(guess);
      // Where clocks go forward at midnight the day begins at the hour after it.
      return dayAtUtc(at + offsetAt(at)) < day ? guess : at;
    },
  };
}

/** The UTC calendar day of an instant. */
export const dayAtUtc = (at: Instant): Day => new Date(Math.floor(at / DAY) * DAY).toISOString().slice(0, 10);

/** The day `count` days later (earlier when negative). */
export const addDays = (day: Day, count: number): Day => dayAtUtc(Date.parse(`${day}T00:00:00Z`) + count * DAY);

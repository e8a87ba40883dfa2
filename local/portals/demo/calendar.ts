/** The demo's time: a fixed span, weeks and office hours. All instants are milliseconds since the epoch, UTC. */
import type { Random } from './random.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
export const week = 7 * day;
/** A contract year. */
export const year = 365 * day;

/** The moment the demo portal was taken; its simulated clock starts here. */
export const asOf = Date.parse('2026-10-01T00:00:00.000Z');
/** Activity begins 18 months before `asOf`, on a Tuesday. */
export const windowStart = Date.parse('2025-04-01T00:00:00.000Z');
/** What is written to `future.jsonl` ends here. */
export const futureEnd = Date.parse('2027-04-01T00:00:00.000Z');

export const iso = (at: number): string => new Date(at).toISOString();
/** HubSpot's `date` format. */
export const isoDate = (at: number): string => iso(at).slice(0, 10);

/** Relative number of contacts that customers start per weekday, Sunday first. */
const weekdays = [0.25, 1.3, 1.2, 1.1, 1.05, 0.9, 0.3];
/** … and per hour of the day in UTC; the demo's customers live mostly in Central Europe and partly in East Asia. */
const hours = [1, 2, 2, 3, 3, 3, 4, 6, 9, 10, 10, 9, 7, 8, 9, 9, 7, 5, 4, 3, 3, 2, 2, 1];
const hourWeights = Object.fromEntries(hours.map((weight, h) => [String(h), weight]));
const weekdayWeights = Object.fromEntries(weekdays.map((weight, d) => [String(d), weight]));

/** A moment in the week beginning at `start`, when customers tend to write. */
export function customerMoment(random: Random, start: number): number {
  const wanted = Number(random.weighted(weekdayWeights));
  const offset = (wanted - new Date(start).getUTCDay() + 7) % 7;
  const midnight = start - (start % day);
  const at = midnight + offset * day + Number(random.weighted(hourWeights)) * hour + random.integer(0, hour - 1);
  return at < start ? at + week : at;
}

/** The first moment at or after `at` when an agent works: Monday to Friday in two shifts, 06:00 to 19:00 UTC. */
export function officeMoment(random: Random, at: number): number {
  let moment = at;
  while (!isOffice(moment)) {
    const nextDay = moment - (moment % day) + (hourOf(moment) >= 19 || isWeekend(moment) ? day : 0);
    moment = nextDay + 6 * hour + random.integer(0, 3 * hour);
  }
  return moment;
}

const hourOf = (at: number): number => (at % day) / hour;
const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());
const isOffice = (at: number): boolean => !isWeekend(at) && hourOf(at) >= 6 && hourOf(at) < 19;

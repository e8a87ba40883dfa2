import { type BusinessHours, type OpenInterval, sinceMidnight, weekdays } from './business-hours.ts';
import { latest } from './latest.ts';

/** The wall clock's reading as if it were UTC: milliseconds since 1970-01-01 00:00 local time. */
type LocalTime = number;

/**
 * An open interval in milliseconds after the beginning of its day or week. Not named `from`, as instants are: V8 compiled
 * without end, and ran ten times slower, where small and large numbers shared that field.
 */
interface Opening {
  readonly opens: number;
  readonly closes: number;
}

interface Holiday {
  /** Its midnight. */
  readonly from: LocalTime;
  /** The hours it would have been open. */
  readonly openings: readonly Opening[];
  /** What earlier holidays have taken, in milliseconds. */
  readonly before: number;
}

const day = 86_400_000;
const week = 7 * day;
const someMonday: LocalTime = Date.UTC(1970, 0, 5);

const openingAfter =
  (start: number) =>
  ([from, to]: OpenInterval): Opening => ({ opens: start + sinceMidnight(from), closes: start + sinceMidnight(to) });

function openUntil(time: number, openings: readonly Opening[]): number {
  let sum = 0;
  for (const { opens, closes } of openings) if (time > opens) sum += Math.min(time, closes) - opens;
  return sum;
}

/**
 * Counts, on clocks that are never changed, the milliseconds of business time up to a local time: negative before
 * 1970-01-05. Only differences have a meaning. For business hours without problems.
 */
export function openTime(hours: BusinessHours): (local: LocalTime) => number {
  const openings = weekdays.flatMap((name, i) => (hours.week[name] ?? []).map(openingAfter(i * day)));
  const weekly = openUntil(week, openings);
  const holidays = holidaysOf(hours);
  return (local) => {
    const weeks = Math.floor((local - someMonday) / week);
    const holiday = latest(holidays, local);
    const lost = holiday === undefined ? 0 : holiday.before + openUntil(local - holiday.from, holiday.openings);
    return weeks * weekly + openUntil(local - someMonday - weeks * week, openings) - lost;
  };
}

function holidaysOf({ week, holidays }: BusinessHours): Holiday[] {
  let taken = 0;
  return [...new Set(holidays)].sort().map((date) => {
    const from = Date.parse(`${date}T00:00:00Z`);
    const weekday = weekdays[(new Date(from).getUTCDay() + 6) % 7];
    const openings = ((weekday && week[weekday]) ?? []).map(openingAfter(0));
    const before = taken;
    taken += openUntil(day, openings);
    return { from, openings, before };
  });
}

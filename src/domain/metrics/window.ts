import type { Instant } from '../records/record.ts';
import { addDays, type Day, dayAtUtc, type Zone } from '../time/zone.ts';
import type { Window } from './metric.ts';

const forms = '90d, 12w, 6m, 2026, 2026-Q3, 2026-09, 2026-09-01..2026-09-30 (both days included) or all';

const two = (value: number): string => String(value).padStart(2, '0');

/** The first day of a month given as a count of months since the year 0. */
const firstOf = (months: number): Day =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${two((months % 12) + 1)}-01`;
const monthsOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** The same day of an earlier month, or that month's last day where it is shorter. */
function monthsBefore(day: Day, count: number): Day {
  const month = monthsOf(day) - count;
  const lastOfMonth = addDays(firstOf(month + 1), -1);
  const sameDay = `${firstOf(month).slice(0, 8)}${day.slice(8)}`;
  return sameDay < lastOfMonth ? sameDay : lastOfMonth;
}

const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayAtUtc(at) === text;
};

/** The first day of a window and the day after its last; null where the text names days that do not exist. */
type Days = readonly [first: Day, after: Day] | null;

const rolling = (first: Day, today: Day): Days => [first, addDays(today, 1)];
const months = (first: number, count: number): Days => [firstOf(first), firstOf(first + count)];

/** Every form a window is written in. */
const readers: readonly (readonly [RegExp, (parts: readonly string[], today: Day) => Days])[] = [
  [/^([1-9]\d{0,3})d$/, ([count], today) => rolling(addDays(today, -Number(count)), today)],
  [/^([1-9]\d{0,3})w$/, ([count], today) => rolling(addDays(today, -7 * Number(count)), today)],
  [/^([1-9]\d{0,3})m$/, ([count], today) => rolling(monthsBefore(today, Number(count)), today)],
  [/^(\d{4})$/, ([year]) => months(Number(year) * 12, 12)],
  [/^(\d{4})-Q([1-4])$/i, ([year, quarter]) => months(Number(year) * 12 + (Number(quarter) - 1) * 3, 3)],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, ([year, month]) => months(Number(year) * 12 + Number(month) - 1, 1)],
  [
    /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/,
    ([first = '', last = '']) => (isDay(first) && isDay(last) && first <= last ? [first, addDays(last, 1)] : null),
  ],
];

interface Setting {
  readonly asOf: Instant;
  readonly zone: Zone;
}

/**
 * Reads a window in a portal's time zone. It ends at `asOf` at the latest. `90d`, `12w` and `6m` begin at midnight that many
 * days, weeks or calendar months before the day of `asOf`: so many whole days, and what has passed of the day itself. `all`
 * has no beginning and is the only one that counts undated facts.
 * @throws RangeError, listing the forms, for anything else, and for windows that have not begun by `asOf`.
 */
export function parseWindow(text: string, { asOf, zone }: Setting): Window {
  if (text === 'all') return { from: -Infinity, to: asOf, undated: true };
  for (const [form, read] of readers) {
    const [whole, ...parts] = form.exec(text) ?? [];
    const days = whole === undefined ? null : read(parts, zone.dayOf(asOf));
    if (days === null) continue;
    const [first, after] = days;
    const from = zone.startOf(first);
    const to = Math.min(zone.startOf(after), asOf);
    if (from >= asOf)
      throw new RangeError(`The window "${text}" begins after ${new Date(asOf).toISOString()}; use ${forms}.`);
    return { from, to, undated: false };
  }
  throw new RangeError(`"${text}" is not a window; use ${forms}.`);
}

/**
 * Reads the moment a report is made for: a date, which means 00:00 in the portal's time zone, or an ISO 8601 instant with its
 * offset. Facts at or after it are unseen.
 * @throws RangeError for anything else.
 */
export function parseAsOf(text: string, zone: Zone): Instant {
  if (isDay(text)) return zone.startOf(text);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new RangeError(
      `"${text}" is not a moment; use a date such as 2026-09-30, or 2026-09-30T12:00:00Z with its offset.`,
    );
  }
  return at;
}

import { type Day, dayAtUtc, zoneOf } from './zone.ts';

/** The days of a week, in its order. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Local time of the day, `HH:MM`; `24:00` ends a day. */
export type TimeOfDay = string;
/** From the first time until just before the second, on one day. */
export type OpenInterval = readonly [from: TimeOfDay, to: TimeOfDay];

/** When a business is open, by the clocks on its wall. Days that are not named, and holidays, are closed. */
export interface BusinessHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly week: { readonly [day in Weekday]?: readonly OpenInterval[] | undefined };
  readonly holidays: readonly Day[];
}

const minute = 60_000;
const beginning = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const ending = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Milliseconds from midnight to a well-written time, by the clocks. */
export const sinceMidnight = (time: TimeOfDay): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minute;

/**
 * What is wrong with business hours: one sentence for each fault, which begins with its place, such as `week.monday[1]`,
 * and ends with what to do. Empty when they can be used.
 */
export const problemsIn = ({ timeZone, week, holidays }: BusinessHours): readonly string[] => [
  ...problemsOfZone(timeZone),
  ...problemsOfWeek(week),
  ...holidays.flatMap(problemsOfHoliday),
];

function problemsOfZone(timeZone: string): string[] {
  try {
    zoneOf(timeZone);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`timeZone "${timeZone}" is not a time zone; use an IANA name such as Europe/Berlin.`];
  }
}

function problemsOfWeek(week: BusinessHours['week']): string[] {
  const strangers = Object.keys(week).filter((day) => !weekdays.some((known) => known === day));
  const isEmpty = weekdays.every((day) => (week[day] ?? []).length === 0);
  return [
    ...strangers.map((day) => `week.${day} is not a day of the week; use ${weekdays.join(', ')}.`),
    ...(isEmpty ? ["week has no hours; give at least one day an interval such as ['09:00', '17:00']."] : []),
    ...weekdays.flatMap((day) => problemsOfDay(`week.${day}`, week[day] ?? [])),
  ];
}

const problemsOfDay = (place: string, intervals: readonly OpenInterval[]): string[] =>
  intervals.flatMap((interval, i) => {
    const own = problemsOfInterval(`${place}[${i}]`, interval);
    if (own.length > 0) return own;
    const other = intervals.slice(0, i).findIndex((earlier) => isUsable(earlier) && overlap(earlier, interval));
    return other < 0 ? [] : [`${place}[${i}] overlaps ${place}[${other}]; join the two or move one.`];
  });

function problemsOfInterval(place: string, [from, to]: OpenInterval): string[] {
  const unreadable = [
    ...(beginning.test(from) ? [] : [`${place} begins at "${from}"; write HH:MM from 00:00 to 23:59.`]),
    ...(ending.test(to) ? [] : [`${place} ends at "${to}"; write HH:MM from 00:01 to 24:00.`]),
  ];
  if (unreadable.length > 0 || sinceMidnight(from) < sinceMidnight(to)) return unreadable;
  return [
    `${place} ends at ${to}, not after it begins at ${from}; write hours past midnight as two intervals, until 24:00 and from 00:00 of the next day.`,
  ];
}

const isUsable = (interval: OpenInterval): boolean => problemsOfInterval('', interval).length === 0;

const overlap = ([from, to]: OpenInterval, [otherFrom, otherTo]: OpenInterval): boolean =>
  from < otherTo && otherFrom < to;

function problemsOfHoliday(day: Day, i: number): string[] {
  const at = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(at) && dayAtUtc(at) === day;
  return exists ? [] : [`holidays[${i}] "${day}" is not a date; write a day that exists as YYYY-MM-DD.`];
}

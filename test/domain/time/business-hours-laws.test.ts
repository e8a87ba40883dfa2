import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessClock } from '#domain/time/business-clock.ts';
import { type BusinessHours, type OpenInterval, weekdays } from '#domain/time/business-hours.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Zones, each with two days to look at: those on which its clocks change, where they do. */
const changes = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'America/Santiago': ['2026-09-06', '2026-04-05'],
  'Asia/Beirut': ['2026-03-29', '2026-10-25'],
  'Asia/Amman': ['2021-03-26', '2021-10-29'],
  'Africa/Casablanca': ['2026-02-15', '2026-03-22'],
  'America/St_Johns': ['2010-03-14', '2010-11-07'],
  'Australia/Lord_Howe': ['2026-10-04', '2026-04-05'],
  'Pacific/Apia': ['2011-12-30', '2011-12-31'],
  'Asia/Kolkata': ['2026-01-01', '2026-07-01'],
} as const;
const zones = fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]));

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Up to three intervals that do not overlap; small hours come up often, for clocks change in them. */
const intervals = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 240 }), fc.constant(1440)), {
    maxLength: 6,
  })
  .map((minutes) => {
    const sorted = minutes.toSorted((a, b) => a - b);
    return sorted.flatMap((from, i): OpenInterval[] => {
      const to = sorted[i + 1];
      return i % 2 === 0 && to !== undefined ? [[timeOf(from), timeOf(to)]] : [];
    });
  });
const weeks = fc
  .tuple(...weekdays.map(() => intervals))
  .map((days): BusinessHours['week'] => Object.fromEntries(weekdays.map((name, i) => [name, days[i] ?? []])))
  .filter((week) => weekdays.some((name) => (week[name] ?? []).length > 0));

const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Hours, and three instants in order within two days of a change of clocks in their zone. */
const nearChanges = zones.chain((timeZone) =>
  fc.constantFrom(...changes[timeZone]).chain((changed) => {
    const noon = Date.parse(`${changed}T12:00Z`);
    const near = fc.integer({ min: noon - 2 * day, max: noon + 2 * day });
    return fc.record({
      hours: fc.record({
        timeZone: fc.constant<string>(timeZone),
        week: weeks,
        holidays: fc.array(
          fc.integer({ min: -2, max: 2 }).map((days) => dayAt(noon + days * day)),
          { maxLength: 1 },
        ),
      }),
      instants: fc.tuple(near, near, near).map((found) => found.toSorted((a, b) => a - b) as [number, number, number]),
    });
  }),
);

/** Hours, and three instants in order anywhere in 200 years. */
const anywhere = fc.record({
  hours: fc.record({
    timeZone: zones as fc.Arbitrary<string>,
    week: weeks,
    holidays: fc.array(
      fc.integer({ min: 0, max: 40_000 }).map((days) => dayAt(days * day)),
      { maxLength: 20 },
    ),
  }),
  instants: fc
    .tuple(...[0, 1, 2].map(() => fc.integer({ min: Date.UTC(1940, 0, 1), max: Date.UTC(2140, 0, 1) })))
    .map((found) => found.toSorted((a, b) => a - b) as [number, number, number]),
});

/** Whether it is business time, asked of the runtime's own calendar. */
function readingOf({ timeZone, week, holidays }: BusinessHours): (at: number) => boolean {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    if (holidays.includes(`${shown['year']}-${shown['month']}-${shown['day']}`)) return false;
    const name = weekdays.find((known) => known === shown['weekday']?.toLowerCase());
    const time = `${shown['hour']}:${shown['minute']}`;
    return ((name && week[name]) ?? []).some(([from, to]) => from <= time && time < to);
  };
}

/** Business time counted minute by minute. */
function slowlyElapsed(hours: BusinessHours, from: number, to: number): number {
  const isOpen = readingOf(hours);
  let sum = 0;
  for (let at = Math.floor(from / minute) * minute; at < to; at += minute) {
    if (isOpen(at)) sum += Math.min(at + minute, to) - Math.max(at, from);
  }
  return sum;
}

describe('business time', () => {
  test('is what counting minute by minute finds, whatever the clocks do', () => {
    fc.assert(
      fc.property(nearChanges, ({ hours, instants: [from, , to] }) => {
        expect(businessClock(hours).elapsed(from, to)).toBe(slowlyElapsed(hours, from, to));
      }),
      { numRuns: 100 },
    );
  });

  test('is open when the calendar says so, at any time', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 0, max: Date.UTC(2050, 0, 1) - 1 }), ({ hours }, at) => {
        expect(businessClock(hours).isOpen(at)).toBe(readingOf(hours)(at));
      }),
      { numRuns: 1000 },
    );
  });

  test.for([['near changes of the clocks', nearChanges] as const, ['over many years', anywhere] as const])(
    'adds up, never shrinks and never exceeds calendar time %s',
    ([, cases]) => {
      fc.assert(
        fc.property(cases, ({ hours, instants: [a, b, c] }) => {
          const { elapsed } = businessClock(hours);
          expect(elapsed(a, b) + elapsed(b, c)).toBe(elapsed(a, c));
          expect(elapsed(a, c)).toBeGreaterThanOrEqual(elapsed(a, b));
          for (const [from, to] of [
            [a, b],
            [b, c],
            [a, c],
          ] as const) {
            expect(Number.isInteger(elapsed(from, to))).toBe(true);
            expect(elapsed(from, to)).toBeGreaterThanOrEqual(0);
            expect(elapsed(from, to)).toBeLessThanOrEqual(to - from);
          }
        }),
        { numRuns: 1000 },
      );
    },
  );

  test('is calendar time for who never closes', () => {
    const week = Object.fromEntries(weekdays.map((name) => [name, [['00:00', '24:00']]])) as BusinessHours['week'];
    fc.assert(
      fc.property(fc.oneof(nearChanges, anywhere), ({ hours: { timeZone }, instants: [from, , to] }) => {
        expect(businessClock({ timeZone, week, holidays: [] }).elapsed(from, to)).toBe(to - from);
      }),
      { numRuns: 1000 },
    );
  });
});

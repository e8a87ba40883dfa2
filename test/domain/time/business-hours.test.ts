import { describe, expect, test } from 'vitest';
import { businessClock } from '#domain/time/business-clock.ts';
import { type BusinessHours, type OpenInterval, problemsIn, weekdays } from '#domain/time/business-hours.ts';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;

const nineToFive: readonly OpenInterval[] = [['09:00', '17:00']];
const workdays = (intervals: readonly OpenInterval[]): BusinessHours['week'] =>
  Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, intervals]));
const everyDay = (...intervals: readonly OpenInterval[]): BusinessHours['week'] =>
  Object.fromEntries(weekdays.map((day) => [day, intervals]));

const inZone = (timeZone: string, week: BusinessHours['week'], ...holidays: readonly string[]) =>
  businessClock({ timeZone, week, holidays });
const office = inZone('UTC', workdays(nineToFive), '2026-09-14');
const withLunch = inZone(
  'UTC',
  workdays([
    ['13:00', '17:30'],
    ['08:30', '12:00'],
  ]),
);

describe('business time', () => {
  // 2026-09-10 is a Thursday, 2026-09-14 the Monday after it.
  test.for<[string, typeof office, from: string, to: string, hours: number]>([
    ['within opening hours is calendar time', office, '2026-09-10T10:00Z', '2026-09-10T11:30Z', 1.5],
    ['stands still at night', office, '2026-09-09T16:00Z', '2026-09-10T10:00Z', 2],
    ['stands still over the weekend and on a holiday', office, '2026-09-11T16:00Z', '2026-09-15T10:00Z', 2],
    ['of a holiday is none', office, '2026-09-14T00:00Z', '2026-09-15T00:00Z', 0],
    ['counts part of a day before a holiday', office, '2026-09-11T00:00Z', '2026-09-14T12:00Z', 8],
    ['stands still at lunch', withLunch, '2026-09-10T11:00Z', '2026-09-10T14:00Z', 2],
    ['of a day with lunch has both halves', withLunch, '2026-09-10T00:00Z', '2026-09-11T00:00Z', 8],
    ['of a ticket opened at night begins in the morning', office, '2026-09-10T03:00Z', '2026-09-10T09:20Z', 1 / 3],
    ['of a ticket closed before opening time is none', office, '2026-09-10T03:00Z', '2026-09-10T08:59Z', 0],
    ['begins with the opening, not a millisecond late', office, '2026-09-10T00:00Z', '2026-09-10T09:00:00.001Z', 1e-3],
    ['ends with the closing', office, '2026-09-10T16:59:59.999Z', '2026-09-10T23:00Z', 1e-3],
    ['from an instant to itself is none', office, '2026-09-10T10:00Z', '2026-09-10T10:00Z', 0],
    ['backwards is none', office, '2026-09-10T12:00Z', '2026-09-10T10:00Z', 0],
    ['of a week is five days', withLunch, '2026-09-07T00:00Z', '2026-09-14T00:00Z', 40],
    ['of a year has all its workdays', office, '2026-01-01T00:00Z', '2027-01-01T00:00Z', 8 * (261 - 1)],
    ['is known before 1970', office, '1965-03-01T00:00Z', '1965-03-08T00:00Z', 40],
  ])('%s', ([, clock, from, to, expected]) => {
    const unit = expected === 1e-3 ? 1000 : hour;
    expect(clock.elapsed(at(from), at(to))).toBe(expected * unit);
  });

  test('is not lost twice for a holiday named twice or on a day that is closed anyway', () => {
    const clock = inZone('UTC', workdays(nineToFive), '2026-09-14', '2026-09-12', '2026-09-14');
    expect(clock.elapsed(at('2026-09-11T00:00Z'), at('2026-09-16T00:00Z'))).toBe(16 * hour);
  });

  test('is lost to holidays in any order', () => {
    const clock = inZone('UTC', workdays(nineToFive), '2026-09-16', '2026-09-15', '2026-09-08', '2026-09-14');
    const days = ['07', '08', '09', '14', '15', '16', '17'].map((day) => clock.isOpen(at(`2026-09-${day}T12:00Z`)));
    expect(days).toEqual([true, false, true, false, false, false, true]);
    expect(clock.elapsed(at('2026-09-07T00:00Z'), at('2026-09-19T00:00Z'))).toBe(6 * 8 * hour);
  });

  test('is told for an instant: open from the first millisecond, closed from the last', () => {
    const open = ['08:59:59.999', '09:00', '16:59:59.999', '17:00'].map((time) =>
      office.isOpen(at(`2026-09-10T${time}Z`)),
    );
    expect(open).toEqual([false, true, true, false]);
    expect(office.isOpen(at('2026-09-14T12:00Z'))).toBe(false);
  });

  test('counts night shifts up to midnight and on from it', () => {
    const night = inZone('Asia/Kolkata', everyDay(['00:00', '06:00'], ['22:00', '24:00']));
    expect(night.elapsed(at('2026-09-10T12:00+05:30'), at('2026-09-11T12:00+05:30'))).toBe(8 * hour);
    expect(night.isOpen(at('2026-09-11T00:00+05:30'))).toBe(true);
  });
});

describe('business time on a day the clocks change', () => {
  test.for<[zone: string, what: string, open: string, from: string, calendarHours: number, businessHours: number]>([
    ['Europe/Berlin', 'loses the skipped hour', 'sunday 01:00-05:00', '2026-03-28T23:00Z', 23, 3],
    ['Europe/Berlin', 'has nothing of skipped hours', 'sunday 02:00-03:00', '2026-03-28T23:00Z', 23, 0],
    ['Europe/Berlin', 'begins at the end of the gap', 'sunday 02:30-04:00', '2026-03-28T23:00Z', 2.5, 0.5],
    ['Europe/Berlin', 'ends at the beginning of the gap', 'sunday 01:00-02:30', '2026-03-28T23:00Z', 23, 1],
    ['Europe/Berlin', 'counts the repeated hour twice', 'sunday 02:00-03:00', '2026-10-24T22:00Z', 25, 2],
    ['Europe/Berlin', 'counts half of it in each turn', 'sunday 02:30-03:30', '2026-10-24T22:00Z', 4, 1],
    ['Europe/Berlin', 'is as ever in the office', 'sunday 09:00-17:00', '2026-03-28T23:00Z', 23, 8],
    ['America/New_York', 'loses the skipped hour', 'sunday 00:00-24:00', '2026-03-08T05:00Z', 23, 23],
    ['America/New_York', 'begins at the end of the gap', 'sunday 02:15-04:00', '2026-03-08T05:00Z', 2.5, 0.5],
    ['America/New_York', 'counts the repeated hour twice', 'sunday 01:00-02:00', '2026-11-01T04:00Z', 25, 2],
    ['America/New_York', 'opens by the new clock after it', 'monday 09:00-17:00', '2026-11-01T04:00Z', 35, 1],
    ['America/Santiago', 'begins at one if midnight is skipped', 'sunday 00:00-02:00', '2026-09-06T03:00Z', 23, 1],
    ['America/Santiago', 'repeats the hour before midnight', 'saturday 22:00-24:00', '2026-04-04T03:00Z', 25, 3],
    ['Asia/Beirut', 'begins at one if midnight is skipped', 'sunday 00:00-02:00', '2026-03-28T12:00Z', 23, 1],
    ['Asia/Beirut', 'repeats the hour before midnight', 'saturday 23:00-24:00', '2026-10-24T12:00Z', 25, 2],
    ['Asia/Amman', 'repeats the hour after midnight', 'friday 00:00-01:00', '2021-10-28T12:00Z', 24, 2],
    ['Australia/Lord_Howe', 'repeats half an hour', 'sunday 01:00-02:00', '2026-04-04T12:00Z', 24, 1.5],
    ['America/Boa_Vista', 'knows a summer of one week', 'wednesday 09:00-10:00', '2000-10-11T12:00Z', 1, 1],
    ['Asia/Kolkata', 'is as long as ever', 'sunday 00:00-24:00', '2026-03-28T12:00Z', 48, 24],
    ['Pacific/Apia', 'has nothing of a day that never was', 'friday 00:00-24:00', '2011-12-29T00:00Z', 72, 0],
  ])('in %s %s, open %s', ([timeZone, , open, from, calendarHours, businessHours]) => {
    const [day = '', opens = '', closes = ''] = open.split(/[ -]/);
    const clock = inZone(timeZone, { [day]: [[opens, closes]] });
    expect(clock.elapsed(at(from), at(from) + calendarHours * hour)).toBe(businessHours * hour);
  });

  test('loses the whole of a holiday, however long it is', () => {
    const berlin = inZone('Europe/Berlin', everyDay(['00:00', '24:00']), '2026-10-25', '2027-03-28');
    expect(berlin.elapsed(at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z'))).toBe(0);
    expect(berlin.elapsed(at('2027-03-27T22:59Z'), at('2027-03-28T22:01Z'))).toBe(2 * 60_000);
  });
});

describe('business hours', () => {
  const hours = (over: Partial<BusinessHours>): BusinessHours => ({
    timeZone: 'Europe/Berlin',
    week: { monday: nineToFive },
    holidays: [],
    ...over,
  });

  test.for<[string, Partial<BusinessHours>]>([
    [
      'several intervals in any order',
      {
        week: {
          monday: [
            ['13:00', '24:00'],
            ['00:00', '12:00'],
          ],
        },
      },
    ],
    [
      'intervals that touch',
      {
        week: {
          sunday: [
            ['09:00', '12:00'],
            ['12:00', '17:00'],
          ],
        },
      },
    ],
    ['a leap day', { holidays: ['2028-02-29'] }],
    ['a zone by its old name', { timeZone: 'US/Eastern' }],
  ])('may have %s', ([, over]) => {
    expect(problemsIn(hours(over))).toEqual([]);
  });

  const reversed = 'write hours past midnight as two intervals, until 24:00 and from 00:00 of the next day.';
  test.for<[string, Partial<BusinessHours>, ...problems: string[]]>([
    [
      'in a zone nobody knows',
      { timeZone: 'Mars/Olympus' },
      'timeZone "Mars/Olympus" is not a time zone; use an IANA name such as Europe/Berlin.',
    ],
    ['without a zone', { timeZone: '' }, 'timeZone "" is not a time zone; use an IANA name such as Europe/Berlin.'],
    [
      'without any hours',
      { week: { monday: [], tuesday: undefined } },
      "week has no hours; give at least one day an interval such as ['09:00', '17:00'].",
    ],
    [
      'on a day of no week',
      { week: { monday: nineToFive, mon: nineToFive } as BusinessHours['week'] },
      'week.mon is not a day of the week; use monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
    ],
    [
      'at times that are none',
      { week: { monday: [...nineToFive, ['9:00', '24:01'], ['24:00', '25:00'], ['08:60', '09:00 ']] } },
      'week.monday[1] begins at "9:00"; write HH:MM from 00:00 to 23:59.',
      'week.monday[1] ends at "24:01"; write HH:MM from 00:01 to 24:00.',
      'week.monday[2] begins at "24:00"; write HH:MM from 00:00 to 23:59.',
      'week.monday[2] ends at "25:00"; write HH:MM from 00:01 to 24:00.',
      'week.monday[3] begins at "08:60"; write HH:MM from 00:00 to 23:59.',
      'week.monday[3] ends at "09:00 "; write HH:MM from 00:01 to 24:00.',
    ],
    [
      'that end before they begin, or at once',
      {
        week: {
          friday: [
            ['22:00', '06:00'],
            ['05:00', '23:00'],
          ],
          saturday: [['09:00', '09:00']],
        },
      },
      `week.friday[0] ends at 06:00, not after it begins at 22:00; ${reversed}`,
      `week.saturday[0] ends at 09:00, not after it begins at 09:00; ${reversed}`,
    ],
    [
      'that overlap',
      {
        week: {
          tuesday: [
            ['13:00', '17:00'],
            ['08:00', '12:00'],
            ['11:59', '13:00'],
          ],
          sunday: [
            ['00:00', '24:00'],
            ['23:59', '24:00'],
          ],
        },
      },
      'week.tuesday[2] overlaps week.tuesday[1]; join the two or move one.',
      'week.sunday[1] overlaps week.sunday[0]; join the two or move one.',
    ],
    [
      'closed on dates that are none',
      { holidays: ['2026-12-25', '2026-02-30', '2026-02-30', '25.12.2026', '2026-1-1', ''] },
      ...['[1] "2026-02-30"', '[2] "2026-02-30"', '[3] "25.12.2026"', '[4] "2026-1-1"', '[5] ""'].map(
        (place) => `holidays${place} is not a date; write a day that exists as YYYY-MM-DD.`,
      ),
    ],
  ])('%s are named by place, with what to do', ([, over, ...problems]) => {
    expect(problemsIn(hours(over))).toEqual(problems);
  });

  test('with problems make no clock, and all are named', () => {
    const broken = hours({ timeZone: 'Nowhere', week: {}, holidays: ['never'] });
    expect(() => businessClock(broken)).toThrow(
      new RangeError(`The business hours cannot be used:\n${problemsIn(broken).join('\n')}`),
    );
    expect(problemsIn(broken)).toHaveLength(3);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, zoneOf } from '#domain/time/zone.ts';

const at = (text: string): number => Date.parse(text);
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'US/Eastern',
];

describe('a day begins', () => {
  test.each([
    ['at midnight', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['at midnight of the day after clocks went forward', 'America/New_York', '2026-03-09', '2026-03-09T04:00:00Z'],
    ['at one o’clock where clocks go forward at midnight', 'America/Havana', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['at the first of two midnights where they go back to it', 'Asia/Amman', '2021-10-29', '2021-10-28T21:00:00Z'],
    ['at the last of two where they go back at midnight', 'America/Santiago', '2026-04-05', '2026-04-05T04:00:00Z'],
    ['where the day before was left out', 'Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
    ['on the far side of the date line', 'Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00Z'],
  ])('%s', (_, name, day, begins) => {
    const zone = zoneOf(name);
    expect(new Date(zone.startOf(day)).toISOString()).toBe(new Date(at(begins)).toISOString());
    expect([zone.dayOf(at(begins)), zone.dayOf(at(begins) - 1) < day]).toEqual([day, true]);
  });

  test('when it contains its first moment and not the one before, in every zone', () => {
    const days = fc.integer({ min: 0, max: 79 * 365 }).map((count) => addDays('1970-01-02', count));
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (name, day) => {
        const zone = zoneOf(name);
        const begins = zone.startOf(day);
        expect(zone.dayOf(begins) >= day).toBe(true);
        expect(zone.dayOf(begins - 1) < day).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a name the runtime does not know is refused', () => {
  expect(() => zoneOf('Europe/Nowhere')).toThrow(RangeError);
});

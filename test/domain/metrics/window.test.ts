import { describe, expect, test } from 'vitest';
import { parseAsOf, parseWindow } from '#domain/metrics/window.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { at } from './facts.ts';

const moment = '2026-09-15T12:00:00Z';

describe('a window', () => {
  test.each([
    ['America/New_York', '90d', '2026-06-17T04:00:00Z', moment],
    ['US/Eastern', '90d', '2026-06-17T04:00:00Z', moment],
    ['Asia/Shanghai', '90d', '2026-06-16T16:00:00Z', moment],
    ['America/New_York', '1d', '2026-09-14T04:00:00Z', moment],
    ['America/New_York', '12w', '2026-06-23T04:00:00Z', moment],
    // Across the change of clocks on 2026-03-08.
    ['America/New_York', '6m', '2026-03-15T04:00:00Z', moment],
    ['America/New_York', '7m', '2026-02-15T05:00:00Z', moment],
    ['America/New_York', '2026', '2026-01-01T05:00:00Z', moment],
    ['Asia/Shanghai', '2025', '2024-12-31T16:00:00Z', '2025-12-31T16:00:00Z'],
    ['America/New_York', '2026-Q1', '2026-01-01T05:00:00Z', '2026-04-01T04:00:00Z'],
    ['America/New_York', '2025-Q4', '2025-10-01T04:00:00Z', '2026-01-01T05:00:00Z'],
    ['US/Eastern', '2026-03', '2026-03-01T05:00:00Z', '2026-04-01T04:00:00Z'],
    ['America/New_York', '2026-09', '2026-09-01T04:00:00Z', moment],
    ['America/New_York', '2025-12', '2025-12-01T05:00:00Z', '2026-01-01T05:00:00Z'],
    ['America/New_York', '2026-03-08..2026-03-08', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
    ['America/New_York', '2025-11-01..2025-11-02', '2025-11-01T04:00:00Z', '2025-11-03T05:00:00Z'],
    ['Asia/Shanghai', '2026-09-01..2026-09-30', '2026-08-31T16:00:00Z', moment],
  ])('in %s written %s runs from %s to %s', (zone, text, from, to) => {
    expect(parseWindow(text, { asOf: at(moment), zone: zoneOf(zone) })).toEqual({
      from: at(from),
      to: at(to),
      undated: false,
    });
  });

  test('over everything has no beginning and counts what has no date', () => {
    expect(parseWindow('all', { asOf: at(moment), zone: zoneOf('UTC') })).toEqual({
      from: Number.NEGATIVE_INFINITY,
      to: at(moment),
      undated: true,
    });
  });

  test('of so many days up to a midnight is exactly as many days', () => {
    const zone = zoneOf('America/New_York');
    const asOf = parseAsOf('2026-09-15', zone);
    const { from, to } = parseWindow('90d', { asOf, zone });
    expect((to - from) / 3_600_000).toBe(90 * 24);
  });

  test('of months ends a shorter month early', () => {
    const asOf = at('2026-08-31T12:00:00Z');
    expect(parseWindow('6m', { asOf, zone: zoneOf('UTC') })).toMatchObject({ from: at('2026-02-28T00:00:00Z') });
  });

  test.each([
    '',
    'week',
    '0d',
    '-3d',
    '90 d',
    '99999d',
    '2026-13',
    '2026-Q5',
    '2026-9',
    '2026-09-01',
    '2026-02-30..2026-03-01',
    '2026-09-30..2026-09-01',
    'ALL',
  ])('cannot be written "%s", and the message lists how it can', (text) => {
    expect(() => parseWindow(text, { asOf: at(moment), zone: zoneOf('UTC') })).toThrow(
      new RangeError(
        `"${text}" is not a window; use 90d, 12w, 6m, 2026, 2026-Q3, 2026-09, 2026-09-01..2026-09-30 (both days included) or all.`,
      ),
    );
  });

  test.each(['2027', '2026-Q4', '2026-10', '2026-09-16..2026-09-20'])(
    'that has not begun, such as %s, is refused',
    (text) => {
      expect(() => parseWindow(text, { asOf: at(moment), zone: zoneOf('UTC') })).toThrow(
        /begins after 2026-09-15T12:00/,
      );
    },
  );
});

describe('the moment of a report', () => {
  test.each([
    ['2016-04-01', 'America/New_York', '2016-04-01T04:00:00Z'],
    ['2016-04-01', 'Asia/Shanghai', '2016-03-31T16:00:00Z'],
    ['2016-02-01', 'US/Eastern', '2016-02-01T05:00:00Z'],
    ['2016-04-01T10:00:00Z', 'America/New_York', '2016-04-01T10:00:00Z'],
    ['2016-04-01T10:00:00.250+02:00', 'America/New_York', '2016-04-01T08:00:00.250Z'],
  ])('written %s in %s is %s', (text, zone, expected) => {
    expect(parseAsOf(text, zoneOf(zone))).toBe(at(expected));
  });

  test.each(['', 'yesterday', '2016-02-30', '2016-04-01T10:00:00', '01/04/2016', '2016-04-01T25:00:00Z'])(
    'cannot be written "%s"',
    (text) => {
      expect(() => parseAsOf(text, zoneOf('UTC'))).toThrow(RangeError);
    },
  );
});

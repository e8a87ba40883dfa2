import { describe, expect, test } from 'vitest';
import { catalogue } from '#domain/metrics/catalogue.ts';
import { firstResponseTimeBusiness } from '#domain/metrics/first-response-time-business.ts';
import { measureFacts, refusalOf } from '#domain/metrics/measure.ts';
import { timeToResolution } from '#domain/metrics/time-to-resolution.ts';
import { timeToResolutionBusiness } from '#domain/metrics/time-to-resolution-business.ts';
import type { Fact } from '#domain/records/record.ts';
import { businessClock } from '#domain/time/business-clock.ts';
import { asOf, everything } from './everything.ts';
import { at, ticket } from './facts.ts';
import { oracle } from './real-data.ts';

const office: readonly (readonly [string, string])[] = [['09:00', '17:00']];
const business = businessClock({
  timeZone: 'Europe/Berlin',
  week: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
  holidays: ['2026-04-06'],
});
const always = { window: everything, asOf, business };

const closed = (openedAt: string, closedAt: string): Fact => ticket({ openedAt: at(openedAt), closedAt: at(closedAt) });

describe('times in business hours', () => {
  test.each([
    ['within a day', '2026-03-02T09:00:00Z', '2026-03-02T11:30:00Z', 2.5],
    ['over a night', '2026-03-02T15:00:00Z', '2026-03-03T09:00:00Z', 2],
    ['over a weekend on which clocks go forward', '2026-03-27T15:00:00Z', '2026-03-30T08:00:00Z', 2],
    ['over a holiday', '2026-04-03T14:00:00Z', '2026-04-07T08:00:00Z', 2],
    ['on a Saturday', '2026-03-07T09:00:00Z', '2026-03-07T18:00:00Z', 0],
  ])('leave out what lies outside: %s', (_, openedAt, closedAt, hours) => {
    const facts = [closed(openedAt, closedAt)];
    expect(measureFacts(timeToResolutionBusiness, facts, always)).toMatchObject({ median: { value: hours, n: 1 } });
  });

  test('are never longer than times around the clock, and leave out the same tickets', () => {
    const facts = [
      closed('2026-03-02T09:00:00Z', '2026-03-09T11:30:00Z'),
      ticket({ openedAt: at('2026-03-02T09:00:00Z'), isClosed: true }),
      closed('2026-03-02T09:00:00Z', '2026-03-01T09:00:00Z'),
    ];
    expect(measureFacts(timeToResolution, facts, always).median).toMatchObject({ n: 1, value: 170.5 });
    expect(measureFacts(timeToResolutionBusiness, facts, always).median).toMatchObject({ n: 1, value: 42.5 });
  });

  test('of what begins and ends off hours are 0: frt-03', (context) => {
    const { expected, tolerance } = oracle<object, { hours: number }>(context, 'frt-03');
    const answered = ticket({ openedAt: at('2026-03-02T18:00:00Z'), firstResponseAt: at('2026-03-02T22:00:00Z') });
    const { median } = measureFacts(firstResponseTimeBusiness, [answered], always);
    if (median?.status !== 'measured') throw new Error(median?.because);
    expect(Math.abs(median.value - expected.hours)).toBeLessThanOrEqual(tolerance);
  });

  test('are refused where no hours are configured', () => {
    const metrics = catalogue.filter(({ clock }) => clock === 'business');
    expect(metrics).toHaveLength(3);
    for (const metric of metrics) {
      expect(refusalOf(metric, { endOfRelationship: false, businessHours: true })).toBeNull();
      expect(refusalOf(metric, { endOfRelationship: false, businessHours: false })?.median).toEqual({
        status: 'not_measured',
        because: 'no business hours are configured',
        n: 0,
      });
    }
  });
});

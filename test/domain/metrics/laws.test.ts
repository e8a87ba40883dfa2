import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#domain/metrics/catalogue.ts';
import { combineAll } from '#domain/metrics/combine-all.ts';
import { attributionsOfMetric, contributionOf, isFactMetric } from '#domain/metrics/fact-contribution.ts';
import { followersAmong } from '#domain/metrics/followers.ts';
import type { Metric } from '#domain/metrics/metric.ts';
import { businessClock } from '#domain/time/business-clock.ts';
import { anyCustomers, anyFacts } from './arbitrary-facts.ts';
import { newYork } from './everything.ts';
import { at } from './facts.ts';

const asOf = at('2026-03-25T12:00:00Z');
const business = businessClock({
  timeZone: 'America/New_York',
  week: {
    monday: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    sunday: [['01:00', '04:00']],
  },
  holidays: ['2026-03-09'],
});
const window = { from: at('2026-03-01T05:00:00Z'), to: asOf, undated: false };

/** Contributions of the metric's own unit: facts, or customers. */
const contributionsTo = (metric: Metric): fc.Arbitrary<readonly unknown[]> =>
  (isFactMetric(metric)
    ? anyFacts.map((facts) => {
        const followersOf = followersAmong(facts);
        return facts.flatMap((fact) =>
          attributionsOfMetric(metric).map((by) => contributionOf(metric, by, fact, { asOf, followersOf, business })),
        );
      })
    : anyCustomers.map((customers) => customers.map((someone) => metric.prepare(someone, window, newYork.dayOf)))
  ).map((contributions) => contributions.filter((contribution) => contribution !== null));

describe.each(catalogue.map((metric) => [metric.id, metric] as const))('contributions to %s', (_, metric) => {
  const total = contributionsTo(metric).map((contributions) => combineAll(metric, contributions));

  test('combine in any grouping', () => {
    fc.assert(
      fc.property(total, total, total, (a, b, c) => {
        const left = metric.combine(metric.combine(a, b), c);
        const right = metric.combine(a, metric.combine(b, c));
        expect(metric.present(left)).toEqual(metric.present(right));
      }),
    );
  });

  test('combine in any order', () => {
    fc.assert(
      fc.property(total, total, (a, b) => {
        expect(metric.present(metric.combine(a, b))).toEqual(metric.present(metric.combine(b, a)));
      }),
    );
  });

  test('stay the same when nothing is added', () => {
    fc.assert(
      fc.property(total, (a) => {
        expect(metric.present(metric.combine(a, metric.empty))).toEqual(metric.present(a));
        expect(metric.present(metric.combine(metric.empty, a))).toEqual(metric.present(a));
      }),
    );
  });

  test('survive being kept as JSON', () => {
    fc.assert(
      fc.property(total, (a) => {
        expect(JSON.parse(JSON.stringify(a))).toEqual(a);
      }),
    );
  });

  test('give the same answer however they are divided among shards', () => {
    fc.assert(
      fc.property(
        contributionsTo(metric),
        fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
        (contributions, shardOf) => {
          const shards = Array.from({ length: 6 }, (): unknown[] => []);
          for (const contribution of contributions) shards[shardOf.next().value]?.push(contribution);
          const whole = shards
            .map((shard) => shard.reduce(metric.combine, metric.empty))
            .reduce(metric.combine, metric.empty);
          expect(metric.present(whole)).toEqual(metric.present(combineAll(metric, contributions)));
        },
      ),
    );
  });

  test('are presented as numbers only where something was measured, and inside their interval', () => {
    fc.assert(
      fc.property(total, (a) => {
        for (const measurement of Object.values(metric.present(a))) {
          if (measurement.status === 'not_measured') {
            expect(measurement.because).not.toBe('');
            continue;
          }
          expect(measurement.n).toBeGreaterThan(0);
          expect(Number.isFinite(measurement.value)).toBe(true);
          if (!measurement.interval) continue;
          expect(measurement.interval.low).toBeLessThanOrEqual(measurement.value + 1e-9);
          expect(measurement.interval.high).toBeGreaterThanOrEqual(measurement.value - 1e-9);
        }
      }),
    );
  });
});

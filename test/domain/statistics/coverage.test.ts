import { expect, test } from 'vitest';
import { adjustedWald } from '#domain/statistics/adjusted-wald.ts';
import type { Bounds } from '#domain/statistics/bounds.ts';
import { designEffect } from '#domain/statistics/design-effect.ts';
import { meanInterval } from '#domain/statistics/mean-interval.ts';
import { quantileInterval } from '#domain/statistics/quantile-interval.ts';
import { ratioInterval } from '#domain/statistics/ratio-interval.ts';
import { addSums, noSums, type Sums, sumsOf } from '#domain/statistics/sums.ts';
import { wilson } from '#domain/statistics/wilson.ts';
import { type Random, randomStream } from '#local/portals/demo/random.ts';

const runs = 2_000;
const n = 200;

const sample = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const sumsOfAll = (values: readonly number[]): Sums => values.map(sumsOf).reduce(addSums, noSums);
const count = <T>(values: readonly T[], value: T): number => values.filter((each) => each === value).length;

interface World {
  /** What the statistic is in truth. */
  readonly truth: number;
  /** The interval of one sample. */
  readonly interval: (random: Random) => Bounds | null;
}

/** People who each answer one to four times, and mostly as they did before; true share one half. */
function people(random: Random): Sums[] {
  return sample(n, () => {
    const leaning = random.chance(0.5) ? 0.8 : 0.2;
    return sumsOfAll(sample(random.integer(1, 4), () => Number(random.chance(leaning))));
  });
}

const worlds: Readonly<Record<string, World>> = {
  'Wilson: a share of 0.3, independent cases': {
    truth: 0.3,
    interval: (random) =>
      wilson(
        count(
          sample(n, () => random.chance(0.3)),
          true,
        ) / n,
        n,
      ),
  },
  'Wilson: a share of 0.05, independent cases': {
    truth: 0.05,
    interval: (random) =>
      wilson(
        count(
          sample(n, () => random.chance(0.05)),
          true,
        ) / n,
        n,
      ),
  },
  'Wilson with a design effect: one to four answers of each person, alike in 8 of 10': {
    truth: 0.5,
    interval: (random) => {
      const { sums, effect } = designEffect(noSums, people(random));
      return wilson(sums[1] / sums[0], sums[0] / effect);
    },
  },
  'adjusted Wald: half promoters, a fifth detractors': {
    truth: 0.3,
    interval: (random) => {
      const groups = sample(n, () => random.weighted({ promoters: 5, passives: 3, detractors: 2 }));
      return adjustedWald({
        promoters: count(groups, 'promoters'),
        passives: count(groups, 'passives'),
        detractors: count(groups, 'detractors'),
      });
    },
  },
  'Student’s t: the mean of ratings from 1 to 7': {
    truth: 4,
    interval: (random) => meanInterval(sumsOfAll(sample(n, () => random.integer(1, 7)))),
  },
  'Student’s t: the mean of exponential times, n = 1,000': {
    truth: 1,
    interval: (random) => meanInterval(sumsOfAll(sample(1_000, () => -Math.log(1 - random.unit())))),
  },
  'order statistics: the median of log-normal times, σ = 1, n = 500': {
    truth: 8,
    interval: (random) =>
      quantileInterval(
        sample(500, () => random.logNormal(8, 1)).sort((a, b) => a - b),
        0.5,
      ),
  },
  'ratio over customers: 1 + Poisson(2) purchases each, of amounts at a level of their own': {
    truth: 50,
    interval: (random) => {
      const totals = { units: 0, y: 0, x: 0, yy: 0, xy: 0, xx: 0 };
      for (let customer = 0; customer < 400; customer++) {
        const x = 1 + random.poisson(2);
        const level = random.between(30, 70);
        const y = sample(x, () => level * random.between(0.5, 1.5)).reduce((sum, amount) => sum + amount, 0);
        totals.units += 1;
        totals.y += y;
        totals.x += x;
        totals.yy += y * y;
        totals.xy += x * y;
        totals.xx += x * x;
      }
      return ratioInterval(totals);
    },
  },
};

test.each(Object.entries(worlds))('95 of 100 intervals hold the truth, ± 1.5 in 2,000 runs — %s', (name, world) => {
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const bounds = world.interval(randomStream(20, name, run));
    if (bounds && bounds.low <= world.truth && world.truth <= bounds.high) held += 1;
  }
  expect(Math.abs(held / runs - 0.95), `${held} of ${runs}`).toBeLessThanOrEqual(0.015);
});

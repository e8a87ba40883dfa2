import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedWald } from '#domain/statistics/adjusted-wald.ts';
import { meanInterval } from '#domain/statistics/mean-interval.ts';
import { netScore } from '#domain/statistics/net-score.ts';
import { quantile } from '#domain/statistics/quantile.ts';
import { quantileInterval } from '#domain/statistics/quantile-interval.ts';
import { addSums, noSums, type Sums, sumsOf } from '#domain/statistics/sums.ts';
import { wilson } from '#domain/statistics/wilson.ts';

const sumsOfAll = (values: readonly number[]): Sums => values.map(sumsOf).reduce(addSums, noSums);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('the Wilson interval of a share', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies within %f and %f, as published', (hits, n, low, high) => {
    const bounds = wilson(hits / n, n);
    expect(bounds?.low).toBeCloseTo(low, 4);
    expect(bounds?.high).toBeCloseTo(high, 4);
  });

  test('no cases have no interval, and one case has a wide one', () => {
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(1, 1)).toMatchObject({ high: 1 });
    expect(wilson(1, 1)?.low).toBeCloseTo(0.2065, 4);
  });

  test('always holds the share itself, stays within 0 and 1, and narrows as cases are added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const share = Math.round(part * n) / n;
        const bounds = wilson(share, n);
        const more = wilson(share, 4 * n);
        if (!bounds || !more) throw new Error('no interval');
        expect(bounds.low).toBeGreaterThanOrEqual(0);
        expect(bounds.low).toBeLessThanOrEqual(share);
        expect(bounds.high).toBeGreaterThanOrEqual(share);
        expect(bounds.high).toBeLessThanOrEqual(1);
        expect(more.high - more.low).toBeLessThan(bounds.high - bounds.low);
      }),
    );
  });
});

describe('the adjusted Wald interval of a net promoter score', () => {
  test('gives the figures known for a large survey', () => {
    const bounds = adjustedWald({ promoters: 8465, passives: 3953, detractors: 1194 });
    expect(bounds?.low).toBeCloseTo(0.5231, 4);
    expect(bounds?.high).toBeCloseTo(0.545, 4);
  });

  test('no answers have no interval', () => {
    expect(adjustedWald({ promoters: 0, passives: 0, detractors: 0 })).toBeNull();
  });

  test('always holds the score itself and stays within -1 and 1, from a single answer on', () => {
    const count = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        fc.pre(promoters + passives + detractors > 0);
        const groups = { promoters, passives, detractors };
        const { net } = netScore(groups);
        const bounds = adjustedWald(groups);
        if (!bounds) throw new Error('no interval');
        expect(bounds.low).toBeGreaterThanOrEqual(-1);
        expect(bounds.low).toBeLessThanOrEqual(net);
        expect(bounds.high).toBeGreaterThanOrEqual(net);
        expect(bounds.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("Student's interval of a mean", () => {
  test('of 1…10 reaches 2.262 standard errors', () => {
    const bounds = meanInterval(sumsOfAll(upTo(10)));
    const reach = 2.2621571628 * Math.sqrt(82.5 / 9 / 10);
    expect(bounds?.low).toBeCloseTo(5.5 - reach, 8);
    expect(bounds?.high).toBeCloseTo(5.5 + reach, 8);
  });

  test('needs two numbers', () => {
    expect(meanInterval(noSums)).toBeNull();
    expect(meanInterval(sumsOf(4))).toBeNull();
    expect(meanInterval(sumsOfAll([4, 4]))).toEqual({ low: 4, high: 4 });
  });

  test('needs two people where answers are clustered', () => {
    expect(meanInterval(sumsOfAll([1, 2, 3]), { effect: 3, clusters: 1 })).toBeNull();
  });
});

describe('a quantile', () => {
  test.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[1, 2], 0.5, 1.5],
    [[1, 2, 3], 0.5, 2],
    [upTo(11), 0.9, 10],
    [upTo(10), 0.9, 9.1],
  ])('of %j at %f is %s', (values, p, expected) => {
    if (expected === null) expect(quantile(values, p)).toBeNull();
    else expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });
});

describe('the interval of a quantile', () => {
  // Ranks printed in Conover, Practical Nonparametric Statistics, and by R's qbinom: median of n values.
  test.each([
    [6, 0.5, 1, 6],
    [10, 0.5, 2, 9],
    [20, 0.5, 6, 15],
    [100, 0.5, 40, 61],
  ])('of %i values at %f ends at the values ranked %i and %i', (n, p, low, high) => {
    expect(quantileInterval(upTo(n), p)).toEqual({ low, high });
  });

  test.each([
    [0, 0.5],
    [1, 0.5],
    [5, 0.5],
    [35, 0.9],
  ])('of %i values at %f does not exist', (n, p) => {
    expect(quantileInterval(upTo(n), p)).toBeNull();
  });

  test('encloses at least 95 % of the binomial distribution and no rank less would do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36, max: 400 }), fc.constantFrom(0.5, 0.9), (n, p) => {
        const bounds = quantileInterval(upTo(n), p);
        if (!bounds) throw new Error('no interval');
        expect(below(n, p, bounds.low)).toBeLessThanOrEqual(0.025);
        expect(below(n, p, bounds.low + 1)).toBeGreaterThan(0.025);
        expect(1 - below(n, p, bounds.high)).toBeLessThanOrEqual(0.025 + 1e-9);
        expect(1 - below(n, p, bounds.high - 1)).toBeGreaterThan(0.025 - 1e-9);
      }),
    );
  });

  test('of fifty thousand values is as the normal approximation has it', () => {
    const bounds = quantileInterval(upTo(50_000), 0.5);
    expect(bounds?.low).toBeCloseTo(25_000 - 1.96 * Math.sqrt(12_500), -1);
    expect(bounds?.high).toBeCloseTo(25_000 + 1.96 * Math.sqrt(12_500), -1);
  });
});

/** Logarithms of 0! … 400!. */
const logFactorials = upTo(400).reduce((logs, k) => logs.concat((logs[k - 1] ?? 0) + Math.log(k)), [0]);

/** P(fewer than `rank` successes of n), by the plain formula with logarithms of factorials. */
function below(n: number, p: number, rank: number): number {
  return Array.from({ length: rank }, (_, k) => k).reduce((sum, k) => {
    const ways = (logFactorials[n] ?? 0) - (logFactorials[k] ?? 0) - (logFactorials[n - k] ?? 0);
    return sum + Math.exp(ways + k * Math.log(p) + (n - k) * Math.log(1 - p));
  }, 0);
}

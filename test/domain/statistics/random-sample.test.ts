import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomSample } from '#domain/statistics/random-sample.ts';

const numbers = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

test('a random sample has as many as asked for, each once, in the order of the list, or all there are', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(250), fc.integer(), (n, size, seed) => {
      const sample = randomSample(numbers(n), size, seed);
      expect(sample).toHaveLength(Math.min(n, size));
      expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
    }),
  );
});

test('the same seed draws the same sample, another seed another', () => {
  const drawn = (seed: number): string => randomSample(numbers(1000), 20, seed).join();
  const moments = numbers(50).map((minute) => 1_790_000_000_000 + minute * 60_000);
  expect(drawn(moments[0] ?? 0)).toBe(drawn(moments[0] ?? 0));
  expect(new Set(moments.map(drawn)).size).toBe(50);
});

test('every item is drawn about as often, wherever it stands', () => {
  const times = numbers(20).map(() => 0);
  const rounds = 4000;
  for (const seed of numbers(rounds))
    for (const at of randomSample(numbers(20), 5, seed)) times[at] = (times[at] ?? 0) + 1;
  const expected = (rounds * 5) / 20;
  const chi2 = times.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // The 99.9 % point of chi-squared with 19 degrees of freedom; draws without repetition vary less.
  expect(chi2).toBeLessThan(43.82);
  expect(chi2).toBeGreaterThan(2);
});

import type { Bounds } from './bounds.ts';

const tail = 0.025;
/** Terms this small next to the largest one do not change a sum of doubles. */
const negligible = 1e-18;

/** Probabilities of 0…n successes, as weights relative to the most likely count; negligible ones are left out. */
function binomialWeights(n: number, p: number): { readonly first: number; readonly weights: readonly number[] } {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const upward: number[] = [];
  for (let k = mode, weight = 1; k <= n && weight > negligible; k++) {
    upward.push(weight);
    weight *= ((n - k) / (k + 1)) * odds;
  }
  const downward: number[] = [];
  for (let k = mode, weight = 1; k >= 0 && weight > negligible; k--) {
    downward.push(weight);
    weight *= k / (n - k + 1) / odds;
  }
  return { first: mode - downward.length + 1, weights: [...downward.reverse(), ...upward.slice(1)] };
}

/** How many leading weights together stay within a limit. */
function countWithin(weights: readonly number[], limit: number): number {
  let sum = 0;
  const beyond = weights.findIndex((weight) => {
    sum += weight;
    return sum > limit;
  });
  return beyond === -1 ? weights.length : beyond;
}

/**
 * The interval of a quantile (0 < p < 1) of numbers in ascending order: the two order statistics that enclose it with at
 * least 95 %, at most 2.5 % on each side, whatever the distribution. Null where so few numbers cannot (a median needs 6,
 * a p90 needs 36). Source: G. Hahn & W. Meeker, "Statistical Intervals", 1991, section 5.2.
 */
export function quantileInterval(ascending: readonly number[], p: number): Bounds | null {
  const { first, weights } = binomialWeights(ascending.length, p);
  const limit = tail * weights.reduce((sum, weight) => sum + weight, 0);
  const lowRank = first + countWithin(weights, limit);
  const highRank = first + weights.length - countWithin(weights.toReversed(), limit);
  const low = ascending[lowRank - 1];
  const high = ascending[highRank - 1];
  return low === undefined || high === undefined ? null : { low, high };
}

/** Seeded chance: the same seed and stream give the same numbers on every machine. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws of one stream. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  between(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
  /** Median `median`, spread `sigma` of the logarithm. */
  logNormal(median: number, sigma: number): number;
  poisson(mean: number): number;
  pick<T>(values: readonly T[]): T;
  /** A key, with probability proportional to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
}

/**
 * The stream `index` of `seed`, named by `purpose`. Each customer has streams of its own, so that a rate changed in
 * one place does not shuffle everything after it.
 */
export function randomStream(seed: number, purpose: string, index = 0): Random {
  const generator = xoroshiro128plus(mix(mix(mix(seed | 0) ^ hash(purpose)) ^ (index | 0)));
  const unit = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    normal,
    chance: (p) => unit() < p,
    integer: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    between: (low, high) => low + unit() * (high - low),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = unit(); product > limit; product *= unit()) count += 1;
      return count;
    },
    pick: (values) => values[Math.floor(unit() * values.length)] as (typeof values)[number],
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return (entries.at(-1) as [keyof typeof weights, number])[0];
    },
  };
}

/** Bit mixer of MurmurHash3 (public domain, A. Appleby): neighbouring seeds become unrelated ones. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) + 0x9e3779b9;
}

const hash = (text: string): number => [...text].reduce((h, char) => Math.imul(h, 31) + (char.codePointAt(0) ?? 0), 7);

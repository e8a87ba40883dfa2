import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Bounds } from './bounds.ts';

/** What units with a numerator y and a denominator x each come to together. */
export interface RatioTotals {
  readonly units: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xy: number;
  readonly xx: number;
}

/**
 * The t interval of Σy ÷ Σx over independent units, by the linearised variance of a ratio; null below two units. Units − 1
 * degrees of freedom. W. G. Cochran, Sampling Techniques, 3rd ed., 1977, §2.11 and §6.4.
 */
export function ratioInterval({ units, y, x, yy, xy, xx }: RatioTotals): Bounds | null {
  if (units < 2 || x <= 0) return null;
  const ratio = y / x;
  const squares = Math.max(0, yy - 2 * ratio * xy + ratio * ratio * xx);
  const reach = (tQuantile(0.975, units - 1) * Math.sqrt((units / (units - 1)) * squares)) / x;
  return { low: ratio - reach, high: ratio + reach };
}

import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Bounds } from './bounds.ts';
import { type Sums, squaredDeviations } from './sums.ts';

/** How far answers of the same person make a sample smaller than it looks; see `design-effect.ts`. */
interface Clustering {
  readonly effect: number;
  readonly clusters: number;
}

/**
 * Student's t interval of a mean, in the unit of the numbers; null below two numbers, or two people where clustered.
 * Clustering widens the standard error by the root of the design effect and leaves people − 1 degrees of freedom.
 */
export function meanInterval(
  sums: Sums,
  { effect, clusters }: Clustering = { effect: 1, clusters: sums[0] },
): Bounds | null {
  const [n, sum] = sums;
  if (n < 2 || clusters < 2) return null;
  const mean = sum / n;
  const standardError = Math.sqrt((squaredDeviations(sums) / (n - 1) / n) * effect);
  const reach = tQuantile(0.975, clusters - 1) * standardError;
  return { low: mean - reach, high: mean + reach };
}

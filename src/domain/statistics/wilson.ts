import { type Bounds, cutTo } from './bounds.ts';
import { z95 } from './normal.ts';

/**
 * The Wilson score interval of a share (0–1), null without cases. `n` may be an effective, fractional sample size.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilson(share: number, n: number): Bounds | null {
  if (n <= 0) return null;
  const z2 = z95 * z95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  // At a share of exactly 0 or 1 the bound is that share; rounding must not push it past the estimate.
  return cutTo({ low: Math.min(centre - reach, share), high: Math.max(centre + reach, share) }, 0, 1);
}

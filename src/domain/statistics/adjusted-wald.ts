import { type Bounds, cutTo } from './bounds.ts';
import { type Groups, netScore } from './net-score.ts';
import { z95 } from './normal.ts';

/** Pseudo-answers: a quarter each to promoters and detractors, half to passives. */
const published = 3;

/**
 * The adjusted Wald interval of a net promoter score (−1…1), null without answers. `added` = 0 is the plain Wald interval.
 * Source: B. Rocks, "Interval Estimation for the 'Net Promoter Score'", The American Statistician 70(4), 2016: add 3 to the
 * sample, 3/4 to promoters and 3/4 to detractors; summarised at https://measuringu.com/nps-three-confidence-intervals/.
 */
export function adjustedWald(groups: Groups, added = published): Bounds | null {
  const { promoters, passives, detractors } = groups;
  if (promoters + passives + detractors <= 0) return null;
  const { n, net, variance } = netScore({
    promoters: promoters + added / 4,
    passives: passives + added / 2,
    detractors: detractors + added / 4,
  });
  const reach = z95 * Math.sqrt(variance / n);
  // A single answer's interval would end just short of that answer: an interval never excludes its own estimate.
  const estimate = netScore(groups).net;
  return cutTo({ low: Math.min(net - reach, estimate), high: Math.max(net + reach, estimate) }, -1, 1);
}

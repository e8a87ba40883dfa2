import type { ResponseGroup } from '../records/record.ts';
import { adjustedWald } from '../statistics/adjusted-wald.ts';
import { type Answers, methodOf, summarise } from './answers.ts';
import { withInterval } from './interval.ts';
import { type Measurement, notMeasured } from './measurement.ts';

/** What each group adds to a net score. */
export const netWeights: Readonly<Record<ResponseGroup, number>> = { promoter: 1, passive: 0, detractor: -1 };

/** The group of a rating, the same on 0–10 and 1–10: promoters 9–10, passives 7–8, detractors below. */
export const groupOfRating = (rating: number): ResponseGroup =>
  rating >= 9 ? 'promoter' : rating >= 7 ? 'passive' : 'detractor';

/** Where every net score takes its cuts and its interval from. */
export const netPromoterSources = [
  {
    title: 'F. Reichheld, The One Number You Need to Grow, Harvard Business Review, December 2003',
    url: 'https://hbr.org/2003/12/the-one-number-you-need-to-grow',
  },
  {
    title:
      'Interval: B. Rocks, Interval Estimation for the “Net Promoter Score”, The American Statistician 70(4), 2016',
  },
] as const;

/** The net score in points with its adjusted Wald interval. */
export function presentNetPromoter(total: Answers, because: string): { readonly value: Measurement } {
  const summary = summarise(total);
  const { sums, effect } = summary;
  const [n, net, either] = sums;
  if (n === 0) return { value: notMeasured(because, total.unusable) };
  const bounds = adjustedWald({
    promoters: (either + net) / 2 / effect,
    passives: (n - either) / effect,
    detractors: (either - net) / 2 / effect,
  });
  const points = bounds && { low: 100 * bounds.low, high: 100 * bounds.high };
  const interval = withInterval(points, methodOf('adjusted Wald (Rocks 2016)', summary));
  return { value: { status: 'measured', value: (100 * net) / n, n, ...interval } };
}

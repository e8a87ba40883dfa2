import { wilson } from '../statistics/wilson.ts';
import { withInterval } from './interval.ts';
import { type Measurement, notMeasured } from './measurement.ts';

/** Cases that have a property, out of those that could have it. */
export interface Share {
  readonly hits: number;
  readonly n: number;
  /** Cases that could not be judged. */
  readonly unusable: number;
  /** Cases whose follow-up window has not passed. */
  readonly maturing: number;
}

const none: Share = { hits: 0, n: 0, unusable: 0, maturing: 0 };

/** The contribution of one case that was judged. */
export const judged = (hit: boolean): Share => ({ ...none, hits: hit ? 1 : 0, n: 1 });
/** The contribution of one case that cannot be judged. */
export const unusable: Share = { ...none, unusable: 1 };
/** The contribution of one case that cannot be judged yet. */
export const maturing: Share = { ...none, maturing: 1 };

/** What every share of cases, tickets or customers, has in common. */
export const shareBase = {
  unit: 'share',
  clock: 'calendar',
  empty: none,
  combine: (a: Share, b: Share): Share => ({
    hits: a.hits + b.hits,
    n: a.n + b.n,
    unusable: a.unusable + b.unusable,
    maturing: a.maturing + b.maturing,
  }),
} as const;

/** Source of the interval that every share prints. */
export const shareSource = { title: 'Interval: E. B. Wilson, JASA 22, 1927' } as const;

/** Why there is no share: nothing to judge at all, nothing that could be judged, nothing that could be judged yet. */
interface Reasons {
  readonly nothing: string;
  readonly unusable?: string;
  readonly maturing?: string;
}

/** The share with its Wilson interval and numerator. */
export function presentShare(total: Share, because: Reasons): { readonly value: Measurement } {
  if (total.n > 0) {
    const value = total.hits / total.n;
    const waiting = total.maturing > 0 ? { maturing: total.maturing } : {};
    const interval = withInterval(wilson(value, total.n), 'Wilson score');
    return { value: { status: 'measured', value, n: total.n, numerator: total.hits, ...interval, ...waiting } };
  }
  const reason =
    (total.maturing > 0 && because.maturing) || (total.unusable > 0 && because.unusable) || because.nothing;
  return { value: notMeasured(reason, total.unusable + total.maturing) };
}

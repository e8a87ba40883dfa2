import type { Bounds } from '../statistics/bounds.ts';
import type { Interval } from './measurement.ts';

/** The `interval` of a measurement, or nothing where the statistic has none at this sample size. */
export const withInterval = (bounds: Bounds | null, method: string): { readonly interval?: Interval } =>
  bounds === null ? {} : { interval: { ...bounds, level: 0.95, method } };

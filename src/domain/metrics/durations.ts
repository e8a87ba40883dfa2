import type { Instant } from '../records/record.ts';
import { cutTo } from '../statistics/bounds.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
import { quantile } from '../statistics/quantile.ts';
import { quantileInterval } from '../statistics/quantile-interval.ts';
import { noSums, type Sums } from '../statistics/sums.ts';
import { withInterval } from './interval.ts';
import { type Measurement, notMeasured } from './measurement.ts';

/** Lengths of time in whole milliseconds, ascending, so that every total is exact and prints the same in any order. */
export interface Durations {
  readonly times: readonly number[];
  /** Cases without one of their two moments, or with the second before the first. */
  readonly unusable: number;
}

const hour = 3_600_000;

/** The contribution of one case. */
export function lasted(from: Instant | null, to: Instant | null): Durations {
  const usable = from !== null && to !== null && to >= from;
  return usable ? { times: [to - from], unusable: 0 } : { times: [], unusable: 1 };
}

/** Both lists in one, ascending. */
function merge(a: readonly number[], b: readonly number[]): number[] {
  const merged = new Array<number>(a.length + b.length);
  for (let i = 0, j = 0, k = 0; k < merged.length; k++) {
    const [x = Infinity, y = Infinity] = [a[i], b[j]];
    merged[k] = x <= y ? x : y;
    if (x <= y) i++;
    else j++;
  }
  return merged;
}

/** What every metric of times shares. */
export const durationsBase = {
  clock: 'calendar',
  unit: 'hours',
  direction: 'lower is better',
  empty: { times: [], unusable: 0 } as Durations,
  combine: (a: Durations, b: Durations): Durations => ({
    times: merge(a.times, b.times),
    unusable: a.unusable + b.unusable,
  }),
} as const;

/** Sources of the statistics that every metric of times prints. */
export const durationSources = [
  {
    title:
      'Quantiles: type 7 of R. Hyndman & Y. Fan, The American Statistician 50(4), 1996; intervals by order statistics',
  },
  { title: 'Mean: Student’s t' },
] as const;

function sumsInHours(times: readonly number[]): Sums {
  // The sum of whole milliseconds is exact; only squares are rounded, and always in ascending order.
  const sum = times.reduce((total, time) => total + time, 0) / hour;
  return times.reduce<Sums>(([n, , squares], time) => [n + 1, sum, squares + (time / hour) ** 2], noSums);
}

const quantiles = { median: 0.5, p90: 0.9 } as const;

function presentQuantile(times: readonly number[], p: number): Measurement | null {
  const value = quantile(times, p);
  if (value === null) return null;
  const bounds = quantileInterval(times, p);
  const inHours = bounds && { low: bounds.low / hour, high: bounds.high / hour };
  return { status: 'measured', value: value / hour, n: times.length, ...withInterval(inHours, 'order statistics') };
}

/** Median, mean and p90 in hours. */
export function presentDurations(
  { times, unusable }: Durations,
  because: string,
): Readonly<Record<'median' | 'mean' | 'p90', Measurement>> {
  const absent = notMeasured(because, unusable);
  const sums = sumsInHours(times);
  const [n, sum] = sums;
  const bounds = meanInterval(sums);
  return {
    median: presentQuantile(times, quantiles.median) ?? absent,
    mean:
      n === 0
        ? absent
        : {
            status: 'measured',
            value: sum / n,
            n,
            ...withInterval(bounds && cutTo(bounds, 0, Infinity), 'Student’s t'),
          },
    p90: presentQuantile(times, quantiles.p90) ?? absent,
  };
}

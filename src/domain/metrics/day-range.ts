import type { Instant } from '../records/record.ts';
import type { Day } from '../time/zone.ts';
import type { Metric, Window } from './metric.ts';

/** Buckets of days from `from` to `to`, both included (null: no beginning), and the undated bucket or not. */
export interface DayRange {
  readonly from: Day | null;
  readonly to: Day;
  readonly undated: boolean;
}

/**
 * The buckets that `presentDays` needs for a metric in a window that begins at midnight and ends at midnight or at `asOf`,
 * as `parseWindow` makes them: those within it, and for a stock all before its end, undated ones included.
 */
export function daysOf({ kind }: Pick<Metric, 'kind'>, window: Window, dayOf: (at: Instant) => Day): DayRange {
  const to = dayOf(window.to - 1);
  if (kind === 'population') return { from: null, to, undated: true };
  return { from: window.from === -Infinity ? null : dayOf(window.from), to, undated: window.undated };
}

import type { Attributed } from './attribution.ts';
import type { Window } from './metric.ts';

/** Whether something dated so counts in a window: `[from, to)`, and undated things where the window covers all data. */
export function inWindow(at: Attributed, { from, to, undated }: Window): boolean {
  if (at === null) return false;
  return at === 'undated' ? undated : at >= from && at < to;
}

/** Whether something dated so flowed into a stock counted at the window's end; what has no date always did. */
export const inStock = (at: Attributed, { to }: Window): boolean => at !== null && (at === 'undated' || at < to);

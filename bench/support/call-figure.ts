import type { Figure } from '../harness/figure.ts';

/** Pages of a size that so many rows fill. */
export const pagesOf = (rows: number, size: number): number => Math.ceil(rows / size);

/** A number of calls, the fewer the better. */
export const callFigure = (id: string, value: number, goal: number, beside: Record<string, number>): Figure => ({
  id,
  value,
  unit: 'calls',
  goal,
  better: 'lower',
  ...(Object.keys(beside).length > 0 && { beside }),
});

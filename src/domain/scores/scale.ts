import type { Source } from '../metrics/metric.ts';

/** Ours, from judgement and not from a study; editable in the table it stands in. */
export const ourDefault: Source = { title: 'default of this connector' };

/** How a measured number becomes 0–100; `worst` and `best` bound it on both sides. */
export interface SubScale {
  /** `log` where a doubling matters as much at the short end as at the long one (times). */
  readonly shape: 'linear' | 'log';
  readonly worst: number;
  readonly best: number;
  readonly source: Source;
}

/** Where a value stands between worst (0) and best (100). */
export function subScore(scale: SubScale, value: number): number {
  const place = scale.shape === 'log' ? (of: number) => Math.log(Math.max(of, Number.MIN_VALUE)) : (of: number) => of;
  const share = (place(value) - place(scale.worst)) / (place(scale.best) - place(scale.worst));
  return 100 * Math.min(1, Math.max(0, share));
}

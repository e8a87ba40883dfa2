import { type Measurement, notMeasured } from './measurement.ts';

/** What every plain count shares: contributions are whole numbers that add up. */
export const countBase = {
  empty: 0,
  combine: (a: number, b: number): number => a + b,
} as const;

/** A full count: no interval, and nothing counted is "no data" rather than 0. */
export const presentCount = (total: number, because: string): { readonly value: Measurement } => ({
  value: total === 0 ? notMeasured(because) : { status: 'measured', value: total, n: total },
});

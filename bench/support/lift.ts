import { wilson } from '#domain/statistics/wilson.ts';

/** One portal's customers: how many are in the band, how many of those leave, and the same of everybody. */
export interface BandCount {
  readonly flagged: number;
  readonly flaggedLeaving: number;
  readonly customers: number;
  readonly leaving: number;
}

/** How many times likelier those in a band are to leave than customers of the same portals in general. */
export interface Lift {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Those who left out of a band, observed over expected, where each portal's own base rate says how many are expected. The
 * 95 % interval is Wilson's for the band's rate; the expectation rests on everybody and is taken as known.
 */
export function liftOf(counts: readonly BandCount[]): Lift {
  const sum = (of: (count: BandCount) => number): number => counts.reduce((total, count) => total + of(count), 0);
  const flagged = sum((count) => count.flagged);
  const observed = sum((count) => count.flaggedLeaving);
  const expectedRate = sum((count) => (count.flagged * count.leaving) / count.customers) / flagged;
  const rate = observed / flagged;
  const { low, high } = wilson(rate, flagged) ?? { low: 0, high: Number.POSITIVE_INFINITY };
  return { value: rate / expectedRate, low: low / expectedRate, high: high / expectedRate };
}

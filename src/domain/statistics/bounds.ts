/** The two ends of a 95 % interval, in the unit of the statistic. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The bounds cut to what the statistic can be, such as 0–1 for shares. */
export const cutTo = ({ low, high }: Bounds, lowest: number, highest: number): Bounds => ({
  low: Math.max(low, lowest),
  high: Math.min(high, highest),
});

/**
 * Whole points that add up exactly to a whole total, each less than one point from its exact value (largest remainder).
 * `total` is the rounded sum of `exact`; of equal remainders the earlier wins.
 */
export function apportion(exact: readonly number[], total: number): number[] {
  const points = exact.map(Math.floor);
  const short = total - points.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, short)) points[index] = (points[index] ?? 0) + 1;
  return points;
}

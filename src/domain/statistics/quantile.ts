/**
 * The exact quantile of numbers in ascending order, null of none; of one number it is that number.
 * Type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996: linear between
 * the order statistics around (n − 1)·p; the default of R, NumPy and spreadsheets. At p = 0.5 it is the usual median.
 */
export function quantile(ascending: readonly number[], p: number): number | null {
  const place = (ascending.length - 1) * p;
  const below = ascending[Math.floor(place)];
  const above = ascending[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

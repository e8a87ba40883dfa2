/** Count, sum and sum of squares of some numbers: enough for mean and variance, and they add up in any order. */
export type Sums = readonly [n: number, sum: number, sumOfSquares: number];

/** The sums of no numbers. */
export const noSums: Sums = [0, 0, 0];

/** The sums of one number. */
export const sumsOf = (value: number): Sums => [1, value, value * value];

/** The sums of both sets of numbers together. */
export const addSums = (a: Sums, b: Sums): Sums => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** The sum of squared distances from the mean; never below 0, and 0 for no numbers. */
export const squaredDeviations = ([n, sum, sumOfSquares]: Sums): number =>
  n === 0 ? 0 : Math.max(0, sumOfSquares - (sum * sum) / n);

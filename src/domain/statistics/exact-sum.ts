/**
 * A sum without rounding: numbers that overlap nowhere, least first. Whatever is added in whatever order, the total is the
 * same to the last bit. J. R. Shewchuk, Adaptive precision floating-point arithmetic, Discrete & Computational Geometry 18, 1997.
 */
export type ExactSum = readonly number[];

/** The sum of no numbers. */
export const emptySum: ExactSum = [];

/** The sum with one more finite number in it. */
export function plus(sum: ExactSum, value: number): ExactSum {
  const parts: number[] = [];
  let carried = value;
  for (const part of sum) {
    const [larger, smaller] = Math.abs(carried) < Math.abs(part) ? [part, carried] : [carried, part];
    carried = larger + smaller;
    const lost = smaller - (carried - larger);
    if (lost !== 0) parts.push(lost);
  }
  return carried === 0 ? parts : [...parts, carried];
}

/** Both sums in one. */
export const addExactly = (a: ExactSum, b: ExactSum): ExactSum => b.reduce(plus, a);

/** The sum of numbers, whatever their order. */
export const exactly = (values: readonly number[]): number => totalOf(values.reduce(plus, emptySum));

/** The double nearest to the sum. */
export function totalOf(sum: ExactSum): number {
  const parts = [...sum];
  let total = parts.pop() ?? 0;
  while (parts.length > 0) {
    const part = parts.pop() as number;
    const higher = total;
    total = higher + part;
    const lost = part - (total - higher);
    if (lost === 0) continue;
    // Half-way cases are decided by what comes after.
    const next = parts.at(-1) ?? 0;
    const twice = 2 * lost;
    if (Math.sign(lost) === Math.sign(next) && total + twice - total === twice) total += twice;
    break;
  }
  return total;
}

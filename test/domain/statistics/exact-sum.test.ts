import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addExactly, emptySum, exactly, plus, totalOf } from '#domain/statistics/exact-sum.ts';

const amounts = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { maxLength: 40 });

/** The sum in thousandths of whole numbers, which BigInt adds without rounding. */
const inThousandths = (values: readonly number[]): number =>
  Number(values.reduce((sum, value) => sum + BigInt(value), 0n)) / 1000;

test('loses nothing that doubles lose', () => {
  expect(exactly([1e100, 1, -1e100])).toBe(1);
  expect(exactly(Array(10).fill(0.1))).toBe(1);
  expect(exactly([1e16, 1, 1e-16])).toBe(1e16 + 2);
  expect(exactly([])).toBe(0);
  expect(exactly([0.1, -0.1])).toBe(0);
});

test('is the same to the last bit in any order and grouping', () => {
  fc.assert(
    fc.property(amounts, amounts, amounts, (a, b, c) => {
      const [x, y, z] = [a, b, c].map((values) => values.reduce(plus, emptySum)) as [number[], number[], number[]];
      const left = totalOf(addExactly(addExactly(x, y), z));
      expect(left).toBe(totalOf(addExactly(x, addExactly(y, z))));
      expect(left).toBe(exactly([...c, ...a, ...b].reverse()));
    }),
  );
});

test('is as whole numbers of any length add up', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 60 }), (values) => {
      expect(exactly(values) / 1000).toBe(inThousandths(values));
    }),
  );
});

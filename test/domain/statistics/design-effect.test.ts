import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designEffect } from '#domain/statistics/design-effect.ts';
import { addSums, noSums, type Sums, sumsOf } from '#domain/statistics/sums.ts';

const sumsOfAll = (values: readonly number[]): Sums => values.map(sumsOf).reduce(addSums, noSums);
const effectOf = (single: readonly number[], people: readonly (readonly number[])[]): number =>
  designEffect(sumsOfAll(single), people.map(sumsOfAll)).effect;

const score = fc.constantFrom(-1, 0, 1);

describe('the design effect of repeated answers', () => {
  test('is 1 where nobody answered twice, known person or not', () => {
    fc.assert(
      fc.property(fc.array(score), fc.array(score), (anonymous, known) => {
        expect(
          effectOf(
            anonymous,
            known.map((value) => [value]),
          ),
        ).toBe(1);
      }),
    );
  });

  test('is the number of answers each where everybody repeats themself', () => {
    const people = [1, 0, 1, 1, 0, 0, 1, 0].map((value) => [value, value, value]);
    expect(effectOf([], people)).toBeCloseTo(3, 12);
  });

  test('counts one person, however often they answer, as one answer', () => {
    expect(effectOf([], [[1, 0, 1, 1, 0]])).toBe(5);
  });

  test('takes equal answers of the same people as agreement, since they cannot show anything else', () => {
    expect(
      effectOf(
        [],
        [
          [1, 1],
          [1, 1, 1, 1],
        ],
      ),
    ).toBeCloseTo(20 / 6, 12);
  });

  test('is the ratio of variances of Rao and Scott for people who partly agree with themselves', () => {
    const people = [
      [1, 1, 0],
      [0, 0, 0],
      [1, 1, 1],
      [0, 1],
    ];
    const all = people.flat();
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const residual = (values: readonly number[]): number => values.reduce((sum, value) => sum + value - mean, 0) ** 2;
    const clustered = (4 / 3) * people.reduce((sum, values) => sum + residual(values), 0);
    const independent = (11 / 10) * all.reduce((sum, value) => sum + residual([value]), 0);
    expect(effectOf([], people)).toBeCloseTo(clustered / independent, 12);
  });

  test('lies between 1 and full agreement, whatever was answered', () => {
    fc.assert(
      fc.property(fc.array(score), fc.array(fc.array(score, { minLength: 1 })), (anonymous, people) => {
        fc.pre(anonymous.length + people.length > 0);
        const squares = people.reduce((sum, values) => sum + values.length ** 2, anonymous.length);
        const effect = effectOf(anonymous, people);
        expect(effect).toBeGreaterThanOrEqual(1);
        expect(effect).toBeLessThanOrEqual(squares / (anonymous.length + people.flat().length) + 1e-12);
      }),
    );
  });
});

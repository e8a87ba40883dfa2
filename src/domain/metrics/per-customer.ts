import { cutTo } from '../statistics/bounds.ts';
import { addExactly, type ExactSum, emptySum, plus, totalOf } from '../statistics/exact-sum.ts';
import { ratioInterval } from '../statistics/ratio-interval.ts';
import { withInterval } from './interval.ts';
import { type Measurement, notMeasured } from './measurement.ts';

/** Something of customers divided by something else of theirs, kept so that what one customer does stays together. */
export interface PerCustomer {
  readonly customers: number;
  readonly y: ExactSum;
  readonly x: ExactSum;
  readonly yy: ExactSum;
  readonly xy: ExactSum;
  readonly xx: ExactSum;
  /** Cases that could not be used. */
  readonly unusable: number;
}

const none: PerCustomer = {
  customers: 0,
  y: emptySum,
  x: emptySum,
  yy: emptySum,
  xy: emptySum,
  xx: emptySum,
  unusable: 0,
};

/** The contribution of one customer: numerator and denominator, and cases of theirs that could not be used. */
export const ofCustomer = (y: number, x: number, unusable = 0): PerCustomer => ({
  customers: 1,
  y: plus(emptySum, y),
  x: plus(emptySum, x),
  yy: plus(emptySum, y * y),
  xy: plus(emptySum, x * y),
  xx: plus(emptySum, x * x),
  unusable,
});

/** The contribution of a customer of whom nothing could be used. */
export const unusableOf = (cases: number): PerCustomer => ({ ...none, unusable: cases });

/** What every ratio over customers shares. */
export const perCustomerBase = {
  clock: 'calendar',
  empty: none,
  combine: (a: PerCustomer, b: PerCustomer): PerCustomer => ({
    customers: a.customers + b.customers,
    y: addExactly(a.y, b.y),
    x: addExactly(a.x, b.x),
    yy: addExactly(a.yy, b.yy),
    xy: addExactly(a.xy, b.xy),
    xx: addExactly(a.xx, b.xx),
    unusable: a.unusable + b.unusable,
  }),
} as const;

/** Source of the interval that every ratio over customers prints. */
export const ratioSource = {
  title: 'Interval: ratio over customers, W. G. Cochran, Sampling Techniques, 3rd ed., 1977, §2.11',
} as const;

/** How to show a ratio. */
interface Showing {
  readonly nothing: string;
  /** Why there is none where cases were there that could not be used. */
  readonly unusable?: string;
  /** What n counts: the denominators, or the customers. */
  readonly n: 'denominator' | 'customers';
  readonly factor?: number;
  readonly lowest?: number;
}

/** The ratio with its t interval over customers, times `factor`. */
export function presentRatio(total: PerCustomer, showing: Showing): { readonly value: Measurement } {
  const { customers, unusable } = total;
  const [y, x, yy, xy, xx] = [total.y, total.x, total.yy, total.xy, total.xx].map(totalOf) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const leftOut = unusable > 0 ? { leftOut: unusable } : {};
  if (x === 0) return { value: notMeasured((unusable > 0 && showing.unusable) || showing.nothing, unusable) };
  const { factor = 1, lowest = -Infinity } = showing;
  const bounds = ratioInterval({ units: customers, y, x, yy, xy, xx });
  const possible = bounds && cutTo({ low: factor * bounds.low, high: factor * bounds.high }, lowest, Infinity);
  const interval = withInterval(possible, 'Student’s t over customers');
  const n = showing.n === 'customers' ? customers : x;
  return { value: { status: 'measured', value: (factor * y) / x, n, ...interval, ...leftOut } };
}

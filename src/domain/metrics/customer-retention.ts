import { cohortBase, cohortReasons, isCustomerAt } from './customer-cohort.ts';
import { notMeasured } from './measurement.ts';
import type { CustomerMetric } from './metric.ts';

/** Customers at both ends of a period, and those won within it. */
interface Headcount {
  readonly start: number;
  readonly end: number;
  readonly won: number;
  /** Customers of a window that has no beginning. */
  readonly unusable: number;
}

const none: Headcount = { start: 0, end: 0, won: 0, unusable: 0 };

/** The headcount formula of retention. */
export const customerRetention: CustomerMetric<Headcount> = {
  ...cohortBase,
  clock: 'calendar',
  id: 'customer-retention',
  question: 'How well do we keep customers, by the headcount formula?',
  definition:
    'Customers at the end of the period without those won in it, divided by the customers at its start. Whoever was won and ' +
    'lost again within the period is taken off all the same, so it is at most `customer-retention-cohort`, and may fall below ' +
    '0. A quotient of full counts, so it has no sampling interval; n is the number of customers at the start.',
  formula: '(customers at the end − customers won in the period) ÷ customers at the start',
  leavesOut: ['customers whose relationship has no known beginning'],
  unit: 'share',
  direction: 'higher is better',
  sources: [{ title: 'P. Farris et al., Marketing Metrics, 3rd ed., 2016: retention rate' }],
  empty: none,
  combine: (a, b) => ({
    start: a.start + b.start,
    end: a.end + b.end,
    won: a.won + b.won,
    unusable: a.unusable + b.unusable,
  }),
  prepare(customer, { from, to }) {
    if (from === -Infinity) return { ...none, unusable: 1 };
    const { customerSince } = customer.fields;
    const [start, end] = [isCustomerAt(customer, from), isCustomerAt(customer, to)];
    const won = customerSince !== null && customerSince >= from && customerSince < to;
    return start || end || won ? { ...none, start: Number(start), end: Number(end), won: Number(won) } : null;
  },
  present({ start, end, won, unusable }) {
    const because = unusable > 0 ? cohortReasons.unusable : cohortReasons.nothing;
    if (start === 0) return { value: notMeasured(because, unusable) };
    return { value: { status: 'measured', value: (end - won) / start, n: start } };
  },
};

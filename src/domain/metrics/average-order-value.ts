import { exactly } from '../statistics/exact-sum.ts';
import { inWindow } from './in-window.ts';
import type { CustomerMetric } from './metric.ts';
import {
  ofCustomer,
  type PerCustomer,
  perCustomerBase,
  presentRatio,
  ratioSource,
  unusableOf,
} from './per-customer.ts';
import { isPurchase, wonAt } from './purchases.ts';

/** Revenue by purchase. */
export const averageOrderValue: CustomerMetric<PerCustomer> = {
  ...perCustomerBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'each purchase on the day its deal was won',
  reads: ['deal'],
  id: 'average-order-value',
  question: 'How much does a purchase bring?',
  definition:
    'Revenue of the purchases of the period divided by their number, in the portal’s home currency. A purchase is a won ' +
    'deal; several on one day are several. The interval takes the purchases of one customer as belonging together.',
  formula: 'Σ amount of purchases ÷ number of purchases',
  leavesOut: [
    'won deals whose amount in the home currency is not known: they are counted as left out',
    'won deals with a negative amount: returns',
    'deals linked to no customer',
  ],
  unit: 'money',
  direction: 'higher is better',
  sources: [
    { title: 'P. Farris et al., Marketing Metrics, 3rd ed., 2016: average price per purchase occasion' },
    ratioSource,
  ],
  prepare({ facts }, window) {
    const purchases = facts.filter(isPurchase).filter((deal) => inWindow(wonAt(deal), window));
    const amounts = purchases.flatMap(({ fields: { amount } }) => amount ?? []);
    const unknown = purchases.length - amounts.length;
    if (purchases.length === 0) return null;
    return amounts.length === 0 ? unusableOf(unknown) : ofCustomer(exactly(amounts), amounts.length, unknown);
  },
  present: (total) =>
    presentRatio(total, {
      nothing: 'no customer bought anything',
      unusable: 'no purchase has an amount in the home currency',
      n: 'denominator',
      lowest: 0,
    }),
};

import { inWindow } from './in-window.ts';
import type { CustomerMetric } from './metric.ts';
import { ofCustomer, type PerCustomer, perCustomerBase, presentRatio, ratioSource } from './per-customer.ts';
import { isPurchase, wonAt } from './purchases.ts';

/** Purchases by buyer. */
export const purchaseFrequency: CustomerMetric<PerCustomer> = {
  ...perCustomerBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'each purchase on the day its deal was won',
  reads: ['deal'],
  id: 'purchase-frequency',
  question: 'How often does a buyer buy?',
  definition:
    'Purchases of the period divided by the customers who bought in it. A purchase is a won deal; several on one day are ' +
    'several, so times `average-order-value` it is the revenue of a buyer.',
  formula: 'number of purchases ÷ customers with ≥ 1 purchase',
  leavesOut: ['customers who bought nothing in the period', 'won deals with a negative amount: returns'],
  unit: 'purchases',
  direction: 'higher is better',
  sources: [{ title: 'P. Farris et al., Marketing Metrics, 3rd ed., 2016: purchase frequency of buyers' }, ratioSource],
  prepare({ facts }, window) {
    const purchases = facts.filter(isPurchase).filter((deal) => inWindow(wonAt(deal), window));
    return purchases.length > 0 ? ofCustomer(purchases.length, 1) : null;
  },
  present: (total) => presentRatio(total, { nothing: 'no customer bought anything', n: 'customers', lowest: 1 }),
};

import { exactly } from '../statistics/exact-sum.ts';
import { inStock } from './in-window.ts';
import type { CustomerMetric } from './metric.ts';
import { ofCustomer, type PerCustomer, perCustomerBase, presentRatio, ratioSource } from './per-customer.ts';
import { buyersInWords, isOrWasBuyer, isSale, wonAt } from './purchases.ts';

/** Revenue so far by customer. */
export const lifetimeValueHistoric: CustomerMetric<PerCustomer> = {
  ...perCustomerBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'the end of the period: all that was won before it, from the beginning of all data',
  reads: ['deal', 'contact', 'company'],
  id: 'lifetime-value-historic',
  question: 'What has a customer brought us so far?',
  definition:
    'Revenue of all won deals before the end of the period, returns taken off, divided by the number of customers, in the ' +
    `portal’s home currency. ${buyersInWords} It says nothing of what they will still bring, and no cost is taken off.`,
  formula: 'Σ amount of won deals so far ÷ customers',
  leavesOut: [
    'won deals whose amount in the home currency is not known: they are counted as left out, and the value is too low by them',
    'deals linked to no customer',
  ],
  unit: 'money',
  direction: 'higher is better',
  sources: [
    {
      title:
        'S. Gupta et al., Modeling customer lifetime value, Journal of Service Research 9(2), 2006: past profitability',
      url: 'https://doi.org/10.1177/1094670506293810',
    },
    ratioSource,
  ],
  prepare(customer, window) {
    if (!isOrWasBuyer(customer, window)) return null;
    const sales = customer.facts.filter(isSale).filter((deal) => inStock(wonAt(deal), window));
    const amounts = sales.flatMap(({ fields: { amount } }) => amount ?? []);
    return ofCustomer(exactly(amounts), 1, sales.length - amounts.length);
  },
  present: (total) => presentRatio(total, { nothing: 'there are no customers', n: 'customers' }),
};

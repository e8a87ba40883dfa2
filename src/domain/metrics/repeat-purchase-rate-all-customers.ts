import type { CustomerMetric } from './metric.ts';
import { buyersInWords, isOrWasBuyer, purchaseDays } from './purchases.ts';
import { judged, presentShare, type Share, shareBase, shareSource } from './share.ts';

/** Share of all customers who bought on more than one day. */
export const repeatPurchaseRateAllCustomers: CustomerMetric<Share> = {
  ...shareBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'each purchase on the day its deal was won; customers at the end of the period',
  reads: ['deal', 'contact', 'company'],
  id: 'repeat-purchase-rate-all-customers',
  question: 'How many of all our customers come back?',
  definition:
    `Share of customers who bought on at least two different days of the period, among all of them. ${buyersInWords} ` +
    'Whoever bought nothing in the period counts as not having come back; `repeat-purchase-rate` leaves them out.',
  formula: 'customers with ≥ 2 distinct purchase days ÷ all customers',
  leavesOut: [
    'won deals with a negative amount: returns',
    'won deals without a closing date: on which day they fall is not known',
  ],
  direction: 'higher is better',
  sources: [
    { title: 'P. Farris et al., Marketing Metrics, 3rd ed., 2016: repeat rate, of all who have ever bought' },
    shareSource,
  ],
  prepare: (customer, window, dayOf) =>
    isOrWasBuyer(customer, window) ? judged(purchaseDays(customer, window, dayOf).size > 1) : null,
  present: (total) => presentShare(total, { nothing: 'there are no customers' }),
};

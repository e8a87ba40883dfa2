import type { CustomerMetric } from './metric.ts';
import { isPurchase, purchaseDays } from './purchases.ts';
import { judged, presentShare, type Share, shareBase, shareSource, unusable } from './share.ts';

/** Share of buyers who bought on more than one day. */
export const repeatPurchaseRate: CustomerMetric<Share> = {
  ...shareBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'each purchase on the day its deal was won',
  reads: ['deal'],
  id: 'repeat-purchase-rate',
  question: 'Do buyers come back?',
  definition:
    'Share of customers who bought on at least two different days of the period, among those who bought at all in it. A ' +
    'purchase is a won deal; several on one day are one.',
  formula: 'customers with ≥ 2 distinct purchase days ÷ customers with ≥ 1',
  leavesOut: [
    'won deals with a negative amount: returns',
    'won deals without a closing date: whether two of them fall on different days is not known',
    'customers who bought nothing in the period',
  ],
  direction: 'higher is better',
  sources: [
    {
      title: 'L. Dziurzynski et al., BTYD walkthrough (CDNOW, orders merged by day: 946 of 2,357 in 39 weeks)',
      url: 'https://cran.r-project.org/web/packages/BTYD/vignettes/BTYD-walkthrough.pdf',
    },
    shareSource,
  ],
  prepare(customer, window, dayOf) {
    const days = purchaseDays(customer, window, dayOf);
    if (days.size > 0) return judged(days.size > 1);
    return window.undated && customer.facts.some(isPurchase) ? unusable : null;
  },
  present: (total) =>
    presentShare(total, {
      nothing: 'no customer bought anything',
      unusable: 'no purchase has a date',
    }),
};

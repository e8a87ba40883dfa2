import type { Fact } from '../records/record.ts';
import { inWindow } from './in-window.ts';
import type { CustomerMetric } from './metric.ts';
import { judged, presentShare, type Share, shareBase, shareSource, unusable } from './share.ts';

/** A won deal that is not a return; one that is free, or of unknown amount, is a purchase. */
const isPurchase = (fact: Fact): fact is Fact<'deal'> =>
  fact.kind === 'deal' && fact.fields.isWon && (fact.fields.amount === null || fact.fields.amount >= 0);

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
  prepare({ facts }, window, dayOf) {
    const purchases = facts.filter(isPurchase);
    const dates = purchases.flatMap(({ fields: { closedAt } }) =>
      closedAt !== null && inWindow(closedAt, window) ? [dayOf(closedAt)] : [],
    );
    if (dates.length > 0) return judged(new Set(dates).size > 1);
    return window.undated && purchases.length > 0 ? unusable : null;
  },
  present: (total) =>
    presentShare(total, {
      nothing: 'no customer bought anything',
      unusable: 'no purchase has a date',
    }),
};

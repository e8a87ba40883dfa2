import type { Instant } from '../records/record.ts';
import type { Customer, CustomerMetric } from './metric.ts';
import { judged, presentShare, type Share, shareBase, shareSource, unusable } from './share.ts';

/** Whether the relationship runs just before a moment. An end before the latest beginning belongs to an earlier one. */
function isCustomerAt({ fields: { customerSince, customerUntil } }: Customer, at: Instant): boolean {
  if (customerSince === null || customerSince >= at) return false;
  return customerUntil === null || customerUntil < customerSince || customerUntil >= at;
}

/** Share of the customers of the start who are still customers at the end. */
export const customerRetentionCohort: CustomerMetric<Share> = {
  ...shareBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'the beginning and the end of the period',
  reads: ['contact', 'company'],
  id: 'customer-retention-cohort',
  question: 'Do customers stay?',
  definition:
    'Share of those who were customers just before the period began who are still customers just before it ends. Customers ' +
    'won in between are in neither number. Beginning and end of a relationship are mapped as `customer.since` and ' +
    '`customer.until`.',
  formula: 'customers of the start still customers at the end ÷ customers at the start',
  leavesOut: [
    'customers whose relationship has no known beginning',
    'customers won in the period, even if lost again in it',
    'customers lost and won back in the period: only their latest beginning is known, so they count as won',
  ],
  direction: 'higher is better',
  sources: [
    {
      title: 'P. Fader & B. Hardie, How to project customer retention, Journal of Interactive Marketing 21(1), 2007',
      url: 'https://doi.org/10.1002/dir.20074',
    },
    shareSource,
  ],
  refuses: ({ endOfRelationship }) => (endOfRelationship ? null : 'no end of the relationship is mapped'),
  prepare(customer, { from, to }) {
    if (from === -Infinity) return unusable;
    return isCustomerAt(customer, from) ? judged(isCustomerAt(customer, to)) : null;
  },
  present: (total) =>
    presentShare(total, {
      nothing: 'nobody was a customer at the beginning of the period',
      unusable: 'a window over all data has no beginning at which to count customers',
    }),
};

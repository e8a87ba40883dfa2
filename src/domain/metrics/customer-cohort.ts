import type { Instant } from '../records/record.ts';
import type { Customer, CustomerMetric, Window } from './metric.ts';
import { judged, type Share, unusable } from './share.ts';

/** Whether the relationship runs just before a moment. An end before the latest beginning belongs to an earlier one. */
export function isCustomerAt({ fields: { customerSince, customerUntil } }: Customer, at: Instant): boolean {
  if (customerSince === null || customerSince >= at) return false;
  return customerUntil === null || customerUntil < customerSince || customerUntil >= at;
}

/** A customer of the window's start as a case, a hit where `hits` answers so to "still a customer at the end?". */
export function ofCohort(customer: Customer, { from, to }: Window, hits: (stayed: boolean) => boolean): Share | null {
  if (from === -Infinity) return unusable;
  return isCustomerAt(customer, from) ? judged(hits(isCustomerAt(customer, to))) : null;
}

/** Why nothing can be said of the customers of the start. */
export const cohortReasons = {
  nothing: 'nobody was a customer at the beginning of the period',
  unusable: 'a window over all data has no beginning at which to count customers',
} as const;

/** What every metric of the customers of the start shares. */
export const cohortBase = {
  kind: 'population',
  of: 'customers',
  attributionDate: 'the beginning and the end of the period',
  reads: ['contact', 'company'],
  leavesOut: [
    'customers whose relationship has no known beginning',
    'customers won in the period, even if lost again in it',
    'customers lost and won back in the period: only their latest beginning is known, so they count as won',
  ],
  refuses: ({ endOfRelationship }) => (endOfRelationship ? null : 'no end of the relationship is mapped'),
} as const satisfies Partial<CustomerMetric>;

/** Where counting by the customers of the start comes from. */
export const cohortSource = {
  title: 'P. Fader & B. Hardie, How to project customer retention, Journal of Interactive Marketing 21(1), 2007',
  url: 'https://doi.org/10.1002/dir.20074',
} as const;

import { cohortBase, cohortReasons, cohortSource, ofCohort } from './customer-cohort.ts';
import type { CustomerMetric } from './metric.ts';
import { presentShare, type Share, shareBase, shareSource } from './share.ts';

/** Share of the customers of the start who are no longer customers at the end. */
export const customerChurn: CustomerMetric<Share> = {
  ...shareBase,
  ...cohortBase,
  id: 'customer-churn',
  question: 'How many of our customers leave?',
  definition:
    'Share of those who were customers just before the period began who are no longer customers just before it ends: what ' +
    '`customer-retention-cohort` leaves. Beginning and end of a relationship are mapped as `customer.since` and ' +
    '`customer.until`.',
  formula: '1 − customers of the start still customers at the end ÷ customers at the start',
  direction: 'lower is better',
  sources: [cohortSource, shareSource],
  prepare: (customer, window) => ofCohort(customer, window, (stayed) => !stayed),
  present: (total) => presentShare(total, cohortReasons),
};

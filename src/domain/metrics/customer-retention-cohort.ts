import { cohortBase, cohortReasons, cohortSource, ofCohort } from './customer-cohort.ts';
import type { CustomerMetric } from './metric.ts';
import { presentShare, type Share, shareBase, shareSource } from './share.ts';

/** Share of the customers of the start who are still customers at the end. */
export const customerRetentionCohort: CustomerMetric<Share> = {
  ...shareBase,
  ...cohortBase,
  id: 'customer-retention-cohort',
  question: 'Do customers stay?',
  definition:
    'Share of those who were customers just before the period began who are still customers just before it ends. Customers ' +
    'won in between are in neither number. Beginning and end of a relationship are mapped as `customer.since` and ' +
    '`customer.until`.',
  formula: 'customers of the start still customers at the end ÷ customers at the start',
  direction: 'higher is better',
  sources: [cohortSource, shareSource],
  prepare: (customer, window) => ofCohort(customer, window, (stayed) => stayed),
  present: (total) => presentShare(total, cohortReasons),
};

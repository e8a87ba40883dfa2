import { cohortBase, cohortReasons, cohortSource, ofCohort } from './customer-cohort.ts';
import type { CustomerMetric } from './metric.ts';
import { presentShare, type Share, shareBase } from './share.ts';

/** How many of the customers of the start are no longer customers at the end. */
export const customersLost: CustomerMetric<Share> = {
  ...shareBase,
  ...cohortBase,
  id: 'customers-lost',
  question: 'How many customers did we lose?',
  definition:
    'Number of those who were customers just before the period began who are no longer customers just before it ends. A ' +
    'full count, so it has no sampling interval; n is the number of customers at the start.',
  formula: 'customers at the start − those of them still customers at the end',
  unit: 'customers',
  direction: 'lower is better',
  sources: [cohortSource],
  prepare: (customer, window) => ofCohort(customer, window, (stayed) => !stayed),
  present(total) {
    if (total.n === 0) return presentShare(total, cohortReasons);
    return { value: { status: 'measured', value: total.hits, n: total.n } };
  },
};

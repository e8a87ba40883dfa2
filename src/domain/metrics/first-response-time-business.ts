import { businessBase, businessInWords, businessSource, lastedInBusiness } from './business-durations.ts';
import type { Durations } from './durations.ts';
import { firstResponseTime } from './first-response-time.ts';
import type { EventMetric } from './metric.ts';

/** The same as `first-response-time`, in business hours. */
export const firstResponseTimeBusiness: EventMetric<typeof firstResponseTime.attribution, Durations> = {
  ...firstResponseTime,
  ...businessBase,
  id: 'first-response-time-business',
  question: 'How long do customers wait for a first response while we are open?',
  definition: `Hours of business from the opening of a ticket to the first response, as median, mean and p90. ${businessInWords}`,
  sources: [businessSource, ...firstResponseTime.sources],
  prepare: ({ fields }, moment) => lastedInBusiness(fields.openedAt, fields.firstResponseAt, moment),
};

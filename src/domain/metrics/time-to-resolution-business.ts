import { businessBase, businessInWords, businessSource, lastedInBusiness } from './business-durations.ts';
import type { Durations } from './durations.ts';
import type { EventMetric } from './metric.ts';
import { timeToResolution } from './time-to-resolution.ts';

/** The same as `time-to-resolution`, in business hours. */
export const timeToResolutionBusiness: EventMetric<typeof timeToResolution.attribution, Durations> = {
  ...timeToResolution,
  ...businessBase,
  id: 'time-to-resolution-business',
  question: 'How much working time passes until a problem is solved for good?',
  definition: `Hours of business from the opening of a ticket to its last close, reopenings included, as median, mean and p90. ${businessInWords}`,
  sources: [businessSource, ...timeToResolution.sources],
  prepare: ({ fields }, moment) => lastedInBusiness(fields.openedAt, fields.closedAt, moment),
};

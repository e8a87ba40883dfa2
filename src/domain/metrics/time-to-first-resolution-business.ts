import { businessBase, businessInWords, businessSource, lastedInBusiness } from './business-durations.ts';
import type { Durations } from './durations.ts';
import type { EventMetric } from './metric.ts';
import { timeToFirstResolution } from './time-to-first-resolution.ts';

/** The same as `time-to-first-resolution`, in business hours. */
export const timeToFirstResolutionBusiness: EventMetric<typeof timeToFirstResolution.attribution, Durations> = {
  ...timeToFirstResolution,
  ...businessBase,
  id: 'time-to-first-resolution-business',
  question: 'How much working time passes until a problem is solved for the first time?',
  definition: `Hours of business from the opening of a ticket to its first close, as median, mean and p90. ${businessInWords}`,
  sources: [businessSource, ...timeToFirstResolution.sources],
  prepare: ({ fields }, moment) => lastedInBusiness(fields.openedAt, fields.firstClosedAt, moment),
};

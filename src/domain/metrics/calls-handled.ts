import { answeredInWords, callSource, callsBase, isAnswered } from './calls.ts';
import { countBase, presentCount } from './count.ts';
import type { EventMetric } from './metric.ts';

/** Calls on which people spoke. */
export const callsHandled: EventMetric<'call.started', number> = {
  ...callsBase,
  ...countBase,
  id: 'calls-handled',
  question: 'How many calls do we handle?',
  definition: `Number of calls, in and out, that were answered. ${answeredInWords} A full count, so it has no sampling interval.`,
  formula: 'count of answered calls',
  leavesOut: [
    'calls that are not over, or of no known status',
    'no answered call at all is “not measured” rather than 0: a portal that keeps no calls looks the same',
  ],
  unit: 'calls',
  direction: 'higher is better',
  sources: [callSource],
  prepare: ({ fields }) => (isAnswered(fields) ? 1 : null),
  present: (total) => presentCount(total, 'no call was answered'),
};

import { answeredInWords, callSource, callsBase, isAnswered } from './calls.ts';
import { type Durations, durationSources, durationsBase, presentDurations } from './durations.ts';
import type { EventMetric } from './metric.ts';

const hour = 3_600_000;

/** How long answered calls last. */
export const callHandleTime: EventMetric<'call.started', Durations> = {
  ...durationsBase,
  ...callsBase,
  id: 'call-handle-time',
  question: 'How long do calls take?',
  definition:
    `Hours from the beginning to the end of answered calls, in and out, as median, mean and p90. ${answeredInWords} Time on ` +
    'hold is within it; work on the case after hanging up is not, since HubSpot does not keep it.',
  formula: 'end − beginning of the call',
  leavesOut: ['calls nobody answered', 'answered calls without a duration'],
  sources: [callSource, ...durationSources],
  prepare({ fields }) {
    if (!isAnswered(fields)) return null;
    const { duration } = fields;
    return duration === null || duration < 0
      ? { times: [], unusable: 1 }
      : { times: [Math.round(duration * hour)], unusable: 0 };
  },
  present: (total) => presentDurations(total, 'no answered call has a duration'),
};

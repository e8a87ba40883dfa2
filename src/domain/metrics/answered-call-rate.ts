import { answeredInWords, callSource, callsBase, isAnswered } from './calls.ts';
import type { EventMetric } from './metric.ts';
import { judged, presentShare, type Share, shareBase, shareSource, unusable } from './share.ts';

/** Share of calls that reached us. */
export const answeredCallRate: EventMetric<'call.started', Share> = {
  ...shareBase,
  ...callsBase,
  id: 'answered-call-rate',
  question: 'Do we pick up when customers call?',
  definition:
    `Share of inbound calls that were answered. ${answeredInWords} HubSpot does not say whether a caller gave up before ` +
    'anybody could have answered, so such calls count as not answered.',
  formula: 'answered inbound calls ÷ inbound calls that are over',
  leavesOut: [
    'outbound calls, and calls whose direction is not known',
    'calls that are not over, or of no known status',
    'calls that never became a record, such as those that ended in a phone system’s queue',
  ],
  direction: 'higher is better',
  sources: [callSource, shareSource],
  prepare({ fields }) {
    if (fields.direction?.toUpperCase() !== 'INBOUND') return null;
    const answered = isAnswered(fields);
    return answered === null ? unusable : judged(answered);
  },
  present: (total) =>
    presentShare(total, { nothing: 'there is no inbound call', unusable: 'no inbound call has a status that says so' }),
};

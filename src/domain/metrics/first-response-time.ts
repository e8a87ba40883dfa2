import { type Durations, durationSources, durationsBase, lasted, presentDurations } from './durations.ts';
import type { EventMetric } from './metric.ts';

/** From opening to the first answer of a person on our side. */
export const firstResponseTime: EventMetric<'ticket.opened', Durations> = {
  ...durationsBase,
  kind: 'event',
  attribution: 'ticket.opened',
  attributionDate: 'the day the ticket was opened, whenever the answer came',
  reads: ['ticket'],
  id: 'first-response-time',
  question: 'How long do customers wait for a first answer?',
  definition:
    'Hours from the opening of a ticket to the first message by a human agent, around the clock, as median, mean and p90. ' +
    'The moment of the first message is the property mapped as `ticket.firstResponseAt`.',
  formula: 'first response − opening',
  leavesOut: [
    'tickets still waiting: their time is not known yet, so recent days look faster than they will prove',
    'tickets whose first response lies before their opening',
    'automatic replies and tickets opened by agents, as far as the mapped property leaves them out',
  ],
  sources: [
    {
      title:
        'Keeping, Calculating first response time: opening to reply; counted in working hours it is another metric',
    },
    ...durationSources,
  ],
  prepare: ({ fields }) => lasted(fields.openedAt, fields.firstResponseAt),
  present: (total) => presentDurations(total, 'no ticket opened here has a first response'),
};

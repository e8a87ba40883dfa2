import { type Durations, durationSources, durationsBase, lasted, presentDurations } from './durations.ts';
import type { EventMetric } from './metric.ts';

/** From opening to the first close. */
export const timeToFirstResolution: EventMetric<'ticket.closed', Durations> = {
  ...durationsBase,
  kind: 'event',
  attribution: 'ticket.closed',
  attributionDate: 'the day of the last close, so that it covers the same tickets as the time to resolution',
  reads: ['ticket'],
  id: 'time-to-first-resolution',
  question: 'How long does it take until we first call a problem solved?',
  definition:
    'Hours from the opening of a ticket to its first close, around the clock, as median, mean and p90. The first close is ' +
    'the property mapped as `ticket.closedAt` where the ticket was never reopened, else what its stage history says.',
  formula: 'first close − opening',
  leavesOut: [
    'tickets that are open (censored), those reopened and not closed again among them',
    'closed tickets whose first close is not known: without the mapped date of closing, or reopened without a stage history ' +
      'that shows the first close',
    'tickets first closed before they were opened',
  ],
  sources: [
    { title: 'Zendesk, first resolution time: creation to the first time the ticket was set to solved' },
    ...durationSources,
  ],
  prepare: ({ fields }) => lasted(fields.openedAt, fields.firstClosedAt),
  present: (total) => presentDurations(total, 'no ticket closed here has both an opening and a known first close'),
};

import { type Durations, durationSources, durationsBase, lasted, presentDurations } from './durations.ts';
import type { EventMetric } from './metric.ts';

/** From opening to the last close. */
export const timeToResolution: EventMetric<'ticket.closed', Durations> = {
  ...durationsBase,
  kind: 'event',
  attribution: 'ticket.closed',
  attributionDate: 'the day of the last close',
  reads: ['ticket'],
  id: 'time-to-resolution',
  question: 'How long does it take until a problem is solved for good?',
  definition:
    'Hours from the opening of a ticket to its last close, reopenings included, around the clock, as median, mean and p90. ' +
    'The moment of the close is the property mapped as `ticket.closedAt`.',
  formula: 'last close − opening',
  leavesOut: [
    'tickets still open (censored): old open tickets make these times look shorter than they will prove; see the backlog',
    'closed tickets without the mapped date of closing: they count as closed elsewhere, but have no time',
    'tickets closed before they were opened',
  ],
  sources: [
    {
      title: 'Zendesk, full resolution time: creation to the latest solved; Redo help: reopenings move the last close',
    },
    ...durationSources,
  ],
  prepare: ({ fields }) => lasted(fields.openedAt, fields.closedAt),
  present: (total) => presentDurations(total, 'no ticket closed here has both an opening and a closing date'),
};

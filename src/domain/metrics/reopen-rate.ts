import type { EventMetric } from './metric.ts';
import { judged, presentShare, type Share, shareBase, shareSource } from './share.ts';

/** Share of closed tickets that had been reopened. */
export const reopenRate: EventMetric<'ticket.closed', Share> = {
  ...shareBase,
  kind: 'event',
  attribution: 'ticket.closed',
  attributionDate: 'the day of the last close',
  reads: ['ticket'],
  id: 'reopen-rate',
  question: 'How often was a problem not solved when we said it was?',
  definition: 'Share of closed tickets that left a closed stage at least once before their last close.',
  formula: 'closed tickets reopened at least once ÷ closed tickets',
  leavesOut: [
    'tickets that were reopened and are still open: they count once they are closed again',
    'second and later reopenings of a ticket: a ticket counts once, events are not counted',
  ],
  direction: 'lower is better',
  sources: [{ title: 'Kaizo help centre, article 360020782518: reopened tickets ÷ tickets solved' }, shareSource],
  prepare: ({ fields }) => judged(fields.reopenCount > 0),
  present: (total) => presentShare(total, { nothing: 'no ticket was closed' }),
};

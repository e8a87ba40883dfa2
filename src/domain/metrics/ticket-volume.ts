import { countBase, presentCount } from './count.ts';
import type { EventMetric } from './metric.ts';

/** Tickets opened. */
export const ticketVolume: EventMetric<'ticket.opened', number> = {
  ...countBase,
  kind: 'event',
  attribution: 'ticket.opened',
  attributionDate: 'the day the ticket was opened',
  clock: 'calendar',
  reads: ['ticket'],
  id: 'ticket-volume',
  question: 'How many tickets reach us?',
  definition: 'Number of tickets opened. A full count, so it has no sampling interval.',
  formula: 'count of opened tickets',
  leavesOut: [
    'nothing; no ticket at all is “not measured” rather than 0: a portal that keeps no tickets looks the same',
  ],
  unit: 'tickets',
  direction: 'lower is better',
  sources: [{ title: 'ITIL 4, Incident management practice: incident volume' }],
  prepare: () => 1,
  present: (total) => presentCount(total, 'no ticket was opened'),
};

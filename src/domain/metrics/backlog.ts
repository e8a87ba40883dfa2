import type { TicketFields } from '../records/record.ts';
import { notMeasured } from './measurement.ts';
import type { StockMetric } from './metric.ts';

/** Tickets that came in and went out. */
interface Flows {
  readonly opened: number;
  readonly closed: number;
}

/** Whether the dates say until when the ticket was open; else neither its opening nor its closing counts. */
function hasLifetime({ isClosed, openedAt, endedAt }: TicketFields): boolean {
  if (!isClosed) return true;
  return endedAt !== null && (openedAt === null || openedAt <= endedAt);
}

/** Tickets open at the end of the window. */
export const backlog: StockMetric<'ticket.opened' | 'ticket.closed', Flows> = {
  kind: 'population',
  of: 'stock',
  attributions: ['ticket.opened', 'ticket.closed'],
  attributionDate:
    'the end of the period; a ticket is in from the moment it was opened until the moment of its last close',
  clock: 'calendar',
  reads: ['ticket'],
  id: 'backlog',
  question: 'How much work is waiting?',
  definition:
    'Number of tickets open at the end of the period: all opened before it minus all of those closed before it, by the last ' +
    'close from any source. A full count, so it has no sampling interval; n is the number ever opened.',
  formula: 'tickets opened before the end − tickets closed before the end',
  leavesOut: [
    'closed tickets without any date of closing, or closed before they were opened: when they were open is not known',
    'times a ticket was closed and reopened in between: only its last close is known',
  ],
  unit: 'tickets',
  direction: 'lower is better',
  sources: [
    {
      title: 'Opening and closing stock: incident log of a service desk, UCI 498',
      url: 'https://archive.ics.uci.edu/dataset/498/incident+management+process+enriched+event+log',
    },
  ],
  empty: { opened: 0, closed: 0 },
  prepare(ticket, _moment, flow) {
    if (!hasLifetime(ticket.fields)) return null;
    return flow === 'ticket.opened' ? { opened: 1, closed: 0 } : { opened: 0, closed: 1 };
  },
  combine: (a, b) => ({ opened: a.opened + b.opened, closed: a.closed + b.closed }),
  present: ({ opened, closed }) => ({
    value:
      opened === 0
        ? notMeasured('no ticket was opened before the end of the period')
        : { status: 'measured', value: opened - closed, n: opened },
  }),
};

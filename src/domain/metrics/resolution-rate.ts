import type { EventMetric } from './metric.ts';
import { judged, maturing, presentShare, type Share, shareBase, shareSource } from './share.ts';

const days = 14;
const day = 24 * 3_600_000;

/** Share of opened tickets that are closed by now. */
export const resolutionRate: EventMetric<'ticket.opened', Share> = {
  ...shareBase,
  kind: 'event',
  attribution: 'ticket.opened',
  attributionDate: 'the day the ticket was opened, whenever it was closed',
  maturesAfterDays: days,
  reads: ['ticket'],
  id: 'resolution-rate',
  question: 'How much of what reaches us do we bring to an end?',
  definition:
    'Share of tickets opened in the period that are closed at the moment of the report, among those opened at least 14 ' +
    'days (14 × 24 hours) before it. Younger ones are shown as maturing, closed or not. The rate of a period still rises ' +
    'while its old tickets are closed.',
  formula: 'opened tickets that are closed now ÷ opened tickets older than 14 days',
  leavesOut: [
    'tickets opened less than 14 days ago, closed or not: counting only the quick ones would flatter the rate',
    'tickets without a date of opening: whether they are old enough is not known',
  ],
  direction: 'higher is better',
  sources: [
    {
      title: 'Redo help, Explanation of analytics: tickets created; closed ones, without those reopened since',
      url: 'https://help.getredo.com/en/articles/12218475-explanation-of-analytics',
    },
    shareSource,
  ],
  prepare({ fields }, { asOf }) {
    if (fields.openedAt === null) return null;
    return fields.openedAt + days * day > asOf ? maturing : judged(fields.isClosed);
  },
  present: (total) =>
    presentShare(total, {
      nothing: 'no ticket was opened',
      maturing: 'every ticket was opened less than 14 days ago',
    }),
};

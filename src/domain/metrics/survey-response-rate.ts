import type { CaseMetric } from './metric.ts';
import { judged, maturing, presentShare, type Share, shareBase, shareSource } from './share.ts';

const days = 14;
const day = 24 * 3_600_000;

/** Share of closed tickets whose customer answered a survey within two weeks. */
export const surveyResponseRate: CaseMetric<'ticket.closed', 'answer.answered', Share> = {
  ...shareBase,
  kind: 'case',
  attribution: 'ticket.closed',
  follows: { attribution: 'answer.answered', days },
  attributionDate: 'the day of the last close; settled 14 days later',
  reads: ['ticket', 'answer'],
  id: 'survey-response-rate',
  question: 'How many of the customers we helped tell us how it went?',
  definition:
    'Share of closed tickets with at least one survey answer linked to the ticket and given within 14 days (14 × 24 hours) ' +
    'of the close, among closed tickets older than that. Younger ones are shown as maturing.',
  formula: 'closed tickets with a linked answer within 14 days ÷ closed tickets older than 14 days',
  leavesOut: [
    'tickets closed less than 14 days ago, answered or not',
    'closed tickets without any date of closing, and answers without a date',
    'answers linked to a person only: which ticket they are about is not known',
    'whether a survey was sent at all: HubSpot does not say, so this is a floor of the response rate per survey sent',
  ],
  direction: 'higher is better',
  sources: [
    {
      title: 'AAPOR, Standard Definitions: response rate with every eligible case in the denominator (RR1)',
      url: 'https://aapor.org/standards-and-ethics/standard-definitions/',
    },
    shareSource,
  ],
  prepare({ fields }, followers, { asOf }) {
    if (fields.endedAt === null) return null;
    return fields.endedAt + days * day > asOf ? maturing : judged(followers.length > 0);
  },
  present: (total) =>
    presentShare(total, {
      nothing: 'no ticket was closed',
      maturing: 'every ticket was closed less than 14 days ago',
    }),
};

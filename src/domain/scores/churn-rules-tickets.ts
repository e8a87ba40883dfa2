import { firstResponseTime } from '../metrics/first-response-time.ts';
import { timeToResolution } from '../metrics/time-to-resolution.ts';
import type { ChurnRule } from './churn-rule.ts';
import { findFigure } from './figure.ts';
import type { Finding } from './part.ts';
import { slowReplyHours, slowResolutionHours } from './periods.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

const known = (finding: Finding | string): Finding | null => (typeof finding === 'string' ? null : finding);

/** Rules of churn risk about what went wrong. */
export const ticketsRules: readonly ChurnRule[] = [
  {
    id: 'badExperiences',
    input: 'tickets',
    observes: 'bad experiences in 90 days: unhappy answers, tickets reopened, ageing or slow',
    below: 0,
    steps: [
      { from: 1, points: 4 },
      { from: 2, points: 10 },
      { from: 3, points: 14 },
    ],
    source: {
      title:
        'Zendesk, Customer Experience Trends Report 2020: half switch after one bad experience, 80 % after several; points are ours',
    },
    find: ({ tickets, answers }) => {
      const bad = tickets.bad + answers.bad;
      return { value: bad, reason: reason('badExperiences', { bad, n: tickets.experienced + answers.experienced }) };
    },
  },
  {
    id: 'ageingTickets',
    input: 'tickets',
    observes: 'tickets open for more than 7 days',
    below: 0,
    steps: [
      { from: 1, points: 8 },
      { from: 2, points: 14 },
    ],
    source: ourDefault,
    find: ({ tickets }) => {
      const { ageing, oldestDays } = tickets;
      return { value: ageing, reason: reason('ageingTickets', { n: ageing, oldestDays }) };
    },
  },
  {
    id: 'reopened',
    input: 'tickets',
    observes: 'tickets reopened in 90 days',
    below: 0,
    steps: [
      { from: 1, points: 6 },
      { from: 2, points: 10 },
    ],
    source: ourDefault,
    find: ({ tickets }) => {
      const { reopened, experienced } = tickets;
      return { value: reopened, reason: reason('reopened', { reopened, n: experienced }) };
    },
  },
  {
    id: 'manyTickets',
    input: 'tickets',
    observes: 'tickets opened in 90 days: 1 from three on and above 75 % of customers, 2 from five on and above 90 %',
    below: 0,
    steps: [
      { from: 1, points: 6 },
      { from: 2, points: 10 },
    ],
    source: ourDefault,
    find: ({ tickets, customer }, norms) => {
      const { ticketsP75, ticketsP90 } = norms.byKind[customer.kind];
      const n = tickets.opened;
      const value = n >= 5 && n > ticketsP90 ? 2 : n >= 3 && n > ticketsP75 ? 1 : 0;
      return { value, reason: reason('manyTickets', { n, typical: ticketsP75 }) };
    },
  },
  {
    id: 'responseTime',
    input: 'tickets',
    observes: 'median hours to the first reply in 90 days',
    below: 0,
    steps: [{ from: slowReplyHours, points: 5 }],
    source: ourDefault,
    find: (seen) =>
      known(
        findFigure(firstResponseTime, 'median', seen.facts.ticket, seen, ({ value, n }) =>
          reason('responseTime', { hours: value, n }),
        ),
      ),
  },
  {
    id: 'resolutionTime',
    input: 'tickets',
    observes: 'median hours to the last close in 90 days',
    below: 0,
    steps: [{ from: slowResolutionHours, points: 5 }],
    source: ourDefault,
    find: (seen) =>
      known(
        findFigure(timeToResolution, 'median', seen.facts.ticket, seen, ({ value, n }) =>
          reason('resolutionTime', { hours: value, n }),
        ),
      ),
  },
];

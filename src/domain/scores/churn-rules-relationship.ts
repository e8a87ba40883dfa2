import type { ChurnRule } from './churn-rule.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

/** Rules of churn risk about the contract and the relationship. */
export const relationshipRules: readonly ChurnRule[] = [
  {
    id: 'pastDue',
    input: 'contract',
    observes: 'subscriptions past due',
    below: 0,
    steps: [{ from: 1, points: 15 }],
    source: ourDefault,
    find: ({ subscriptions, pastDue }) =>
      subscriptions === 0 ? null : { value: pastDue, reason: reason('pastDue', { subscriptions: pastDue }) },
  },
  {
    id: 'renewal',
    input: 'contract',
    observes: 'days to the renewal, negated (above 0: the date has passed)',
    below: 0,
    steps: [
      { from: -90, points: 5 },
      { from: -30, points: 8 },
      { from: 1, points: 10 },
    ],
    source: {
      title: 'customer-success practice: renewals are decided in the last 90 days; points are defaults of ours',
    },
    find: ({ relationship: { renewalInDays: days } }) => {
      if (days === null) return null;
      return {
        value: -days,
        reason: days < 0 ? reason('renewalOverdue', { days: -days }) : reason('renewalAhead', { days }),
      };
    },
  },
  {
    id: 'noContact',
    input: 'relationship',
    observes: 'days since the last logged contact',
    below: 0,
    steps: [
      { from: 90, points: 4 },
      { from: 180, points: 7 },
    ],
    source: ourDefault,
    find: ({ relationship: { daysSinceContact: days } }) =>
      days === null ? null : { value: days, reason: reason('noContact', { days }) },
  },
  {
    id: 'tenure',
    input: 'relationship',
    observes: 'days as a customer, negated',
    below: -5,
    steps: [
      { from: -3 * 365, points: 0 },
      { from: -365, points: 3 },
      { from: -90, points: 6 },
    ],
    source: { title: 'customer-success practice: the first year is the riskiest; points are defaults of ours' },
    find: ({ relationship: { tenureDays: days } }) =>
      days === null ? null : { value: -days, reason: reason('tenure', { days }) },
  },
];

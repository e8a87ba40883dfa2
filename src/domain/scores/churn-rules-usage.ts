import type { ChurnRule } from './churn-rule.ts';
import { findUsageTrend } from './findings.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

/** Rules of churn risk about what a customer uses. */
export const usageRules: readonly ChurnRule[] = [
  {
    id: 'usageTrend',
    input: 'usage',
    observes: 'fall of product use against the 30 days before, cushioned (0.25 = a quarter less)',
    below: -6,
    steps: [
      { from: -0.1, points: 0 },
      { from: 0.1, points: 8 },
      { from: 0.25, points: 18 },
      { from: 0.5, points: 28 },
    ],
    source: { title: 'customer-success practice: falling use is the earliest sign; points are defaults of ours' },
    find: (seen, norms) => {
      const finding = findUsageTrend(seen, norms);
      return typeof finding === 'string' ? null : { ...finding, value: -finding.value };
    },
  },
  {
    id: 'usageLow',
    input: 'usage',
    observes: 'how far product use lies below the portal’s median (0.75 = a quarter of it)',
    below: 0,
    steps: [
      { from: 0.5, points: 5 },
      { from: 0.75, points: 10 },
    ],
    source: ourDefault,
    find: ({ usage, customer }, norms) => {
      const typical = norms.byKind[customer.kind].usageMedian;
      if (!usage || !typical) return null;
      return { value: 1 - usage.recent / typical, reason: reason('usageLow', { recent: usage.recent, typical }) };
    },
  },
];

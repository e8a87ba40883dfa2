import type { ChurnInput, ChurnRule } from './churn-rule.ts';
import { feedbackRules } from './churn-rules-feedback.ts';
import { relationshipRules } from './churn-rules-relationship.ts';
import { ticketsRules } from './churn-rules-tickets.ts';
import { usageRules } from './churn-rules-usage.ts';
import type { PortalInput } from './portal-inputs.ts';

/** Stored with every score; a changed rule, cut-off or weight is a new version. */
export const churnVersion = 'churn-rules-1';

/** Every rule of churn risk: many points are bad. Points are whole, add up, and are chosen, not fitted. */
export const churnRules: readonly ChurnRule[] = [
  ...usageRules,
  ...feedbackRules,
  ...ticketsRules,
  ...relationshipRules,
];

/** What each input weighs in coverage, and what the portal must have (any of it). Weights are defaults of ours. */
export const churnInputs: Readonly<
  Record<ChurnInput, { readonly weight: number; readonly needs: readonly PortalInput[] }>
> = {
  usage: { weight: 30, needs: ['usage'] },
  tickets: { weight: 30, needs: ['tickets'] },
  feedback: { weight: 20, needs: ['nps', 'csat', 'ces'] },
  contract: { weight: 15, needs: ['contract'] },
  relationship: { weight: 5, needs: [] },
};

/** Share of the weight of the inputs in use in the portal that must be known, 0–1. */
export const neededChurnCoverage = 0.6;

/** High from 35 points, medium from 18; a band is left only 4 points beyond its cut-off. Defaults of ours. */
export const churnCutoffs = { high: 35, medium: 18, margin: 4 } as const;

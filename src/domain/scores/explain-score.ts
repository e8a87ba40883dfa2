import type { Cutoffs } from './band.ts';
import { tallyChurn } from './churn.ts';
import { churnCutoffs, churnVersion, neededChurnCoverage } from './churn-rules.ts';
import type { ScoringInput } from './customer-score.ts';
import type { Explanation, ModelExplanation, PartRow, RuleRow } from './explanation.ts';
import { healthCutoffs, healthModel } from './health-weights.ts';
import type { Norms } from './norms.ts';
import { type Observation, observe } from './observe.ts';
import type { WeightedModel } from './part.ts';
import { portalInputs } from './portal-inputs.ts';
import { whyNotCustomer } from './relationship.ts';
import { upsellCutoffs, upsellModel } from './upsell-weights.ts';
import { weigh } from './weigh.ts';

const total = (base: number, rows: readonly { readonly points: number }[]): number =>
  rows.reduce((sum, { points }) => sum + points, base);

function explainWeighted(
  model: WeightedModel,
  cutoffs: Cutoffs,
  seen: Observation,
  norms: Norms,
): ModelExplanation<PartRow> {
  const { version, base, neededCoverage } = model;
  const { parts, coverage, because } = weigh(model, seen, norms);
  const rows = parts.map(({ part, finding, missing, subScore, share, points }) => ({
    part: part.id,
    input: part.input,
    missing,
    value: finding?.value ?? null,
    reason: finding?.reason ?? null,
    scale: part.scale,
    subScore,
    share,
    points,
  }));
  return { version, base, rows, exact: total(base, rows), coverage, neededCoverage, because, cutoffs };
}

function explainChurn(seen: Observation, norms: Norms): ModelExplanation<RuleRow> {
  const { rules, coverage, because } = tallyChurn(seen, norms);
  const rows = rules.map(({ rule: { id, input, observes, below, steps, source }, finding, points }) => ({
    rule: id,
    input,
    observes,
    value: finding?.value ?? null,
    reason: finding?.reason ?? null,
    below,
    steps,
    source,
    points,
  }));
  const neededCoverage = neededChurnCoverage;
  const settings = { version: churnVersion, base: 0, neededCoverage, cutoffs: churnCutoffs };
  return { ...settings, rows, exact: total(0, rows), coverage, because };
}

/**
 * Everything that leads to a score. For a stored score that was kept through small moves, ask with its own `computedAt` and the
 * norms of that day.
 */
export function explainScore({ customer, asOf, norms }: Omit<ScoringInput, 'previous'>): Explanation {
  const seen = observe(customer, asOf);
  const { relationship, tickets, answers, usage, subscriptions, pastDue, products } = seen;
  const upsell = explainWeighted(upsellModel, upsellCutoffs, seen, norms);
  return {
    asOf,
    facts: [...seen.facts.ticket, ...seen.facts.answer, ...seen.facts.subscription],
    observed: { relationship, tickets, answers, usage, subscriptions, pastDue, products },
    inPortal: portalInputs.filter((input) => norms.has[input]),
    health: explainWeighted(healthModel, healthCutoffs, seen, norms),
    churn: explainChurn(seen, norms),
    upsell: { ...upsell, because: whyNotCustomer(relationship) ?? upsell.because },
  };
}

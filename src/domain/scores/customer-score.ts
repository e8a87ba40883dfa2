import type { Customer } from '../metrics/metric.ts';
import type { Instant } from '../records/record.ts';
import { bandOf, type Cutoffs } from './band.ts';
import { scoreChurn } from './churn.ts';
import { churnCutoffs } from './churn-rules.ts';
import { fingerprintOf } from './fingerprint.ts';
import { scoreHealth } from './health.ts';
import { healthCutoffs } from './health-weights.ts';
import type { ModelScore, Unbanded } from './model-score.ts';
import type { Norms } from './norms.ts';
import { observe } from './observe.ts';
import { outputsOf } from './outputs.ts';
import type { CustomerScore, PreviousScore } from './score.ts';
import { settle } from './settle.ts';
import { scoreUpsell, withVerdict } from './upsell.ts';
import { upsellCutoffs } from './upsell-weights.ts';

export type { CustomerScore } from './score.ts';

/** A customer with all facts around it, and the portal's norms at the same moment. */
export interface ScoringInput {
  readonly customer: Customer;
  /** Nothing dated at or after it is seen. */
  readonly asOf: Instant;
  readonly norms: Norms;
  /** The last stored snapshot before the day of `asOf`, the same one however often the day is recomputed. */
  readonly previous?: PreviousScore | null;
}

function banded(now: Unbanded, previous: ModelScore | null | undefined, cutoffs: Cutoffs): ModelScore {
  const settled = settle(previous ?? null, now);
  const comparable = previous?.version === now.version ? previous.band : null;
  return { ...settled, band: bandOf(settled.breakdown?.score ?? null, cutoffs, comparable) };
}

/** Health, churn risk and upsell of one customer, pure: the same input gives the same score, on any day, in any order of facts. */
export function scoreCustomer({ customer, asOf, norms, previous }: ScoringInput): CustomerScore {
  const seen = observe(customer, asOf);
  const health = banded(scoreHealth(seen, norms), previous?.health, healthCutoffs);
  const churn = banded(scoreChurn(seen, norms), previous?.churn, churnCutoffs);
  const upsell = withVerdict({
    seen,
    norms,
    health,
    churn,
    upsell: banded(scoreUpsell(seen, norms), previous?.upsell, upsellCutoffs),
  });
  return {
    kind: customer.kind,
    id: customer.id,
    standing: seen.relationship.standing,
    health,
    churn,
    upsell,
    outputs: outputsOf({ health, churn, upsell }, seen, norms),
    fingerprint: fingerprintOf([health.fingerprint, churn.fingerprint, upsell.fingerprint]),
    computedAt: asOf,
  };
}

import type { Instant, RecordId } from '../domain/records/record.ts';
import { scoreCustomer } from '../domain/scores/customer-score.ts';
import type { Norms } from '../domain/scores/norms.ts';
import type { CustomerScore, PreviousScore } from '../domain/scores/score.ts';
import type { Day } from '../domain/time/zone.ts';
import type { LoadedCustomer } from './customers.ts';
import type { CustomerKind, StoredScore } from './ports.ts';

/** What all scores of one day share; companies are scored first and looked up by their contacts. */
export interface ScoringDay {
  readonly norms: Norms;
  readonly asOf: Instant;
  readonly today: Day;
  readonly companies: ReadonlyMap<RecordId, CustomerScore>;
}

/** The order of scoring: contacts show what is found about their company. */
export const scoringOrder: readonly CustomerKind[] = ['company', 'contact'];

/** What the band is folded from: the score of an earlier day, however often today's is computed again. */
const earlier = (stored: StoredScore | null, today: Day): PreviousScore | null =>
  stored && (stored.day < today ? stored.score : stored.previous);

/** One customer's score. A contact with a company shows the company's churn risk: companies leave, not their people. */
export function scoreOne(
  { key, customer, score: stored }: LoadedCustomer,
  { norms, asOf, today, companies }: ScoringDay,
): StoredScore {
  const previous = earlier(stored, today);
  const score = scoreCustomer({ customer, asOf, norms, previous });
  const company = key.kind === 'contact' ? companies.get(customer.links.company?.[0] ?? '') : undefined;
  if (!company) return { key, day: today, score, previous };
  const { churnRiskBand, churnReasons } = company.outputs;
  const upsellCandidate = score.outputs.upsellCandidate && churnRiskBand !== 'high';
  const outputs = {
    ...score.outputs,
    churnRiskBand,
    churnReasons,
    upsellCandidate,
    upsellReason: upsellCandidate ? score.outputs.upsellReason : [],
  };
  return { key, day: today, score: { ...score, outputs }, previous };
}

/** Whoever never was a customer and has no score: there is nothing to say about it. */
export const saysNothing = ({ standing, health, outputs }: CustomerScore): boolean =>
  standing === 'never' && health.breakdown === null && outputs.churnRiskBand === 'insufficient_data';

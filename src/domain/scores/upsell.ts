import { breakDown } from './breakdown.ts';
import { findUsageTrend } from './findings.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ModelScore, Unbanded } from './model-score.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import { inputsOf } from './part.ts';
import { type Contribution, type Reason, reason } from './reason.ts';
import { whyNotCustomer } from './relationship.ts';
import { fallingFrom, upsellCutoffs, upsellModel } from './upsell-weights.ts';
import { weigh } from './weigh.ts';

/** The upsell score and whether a sales rep should call: `whyNot` is null for candidates and says why for all others. */
export interface UpsellScore extends ModelScore {
  readonly candidate: boolean;
  readonly whyNot: Reason | null;
}

/**
 * Upsell, 0–100: high is good. Each line is a part's share of the score; lines and everything else sum exactly to the stored
 * score, from base 0. Current customers only.
 */
export function scoreUpsell(seen: Observation, norms: Norms): Unbanded {
  const weighed = weigh(upsellModel, seen, norms);
  const because = whyNotCustomer(seen.relationship) ?? weighed.because;
  const { version, base } = upsellModel;
  return {
    version,
    breakdown: because ? null : breakDown(base, weighed.contributions),
    because,
    coverage: weighed.coverage,
    fingerprint: fingerprintOf([
      version,
      because,
      inputsOf(weighed.parts.map(({ finding, missing }) => finding ?? missing)),
    ]),
    computedAt: seen.asOf,
  };
}

interface Verdict {
  readonly seen: Observation;
  readonly norms: Norms;
  readonly upsell: ModelScore;
  readonly churn: ModelScore;
  readonly health: ModelScore;
}

const scored = ({ breakdown }: ModelScore): number => breakdown?.score ?? 0;

const hasRoom = (lines: readonly Contribution[] = []): boolean => lines.some(({ code }) => code === 'roomToGrow');

/** What stands against a call, the gravest first. */
const obstacles: readonly ((verdict: Verdict) => Reason | null | false)[] = [
  ({ upsell }) => upsell.because,
  ({ churn }) => churn.band === 'high' && reason('churnRiskHigh', {}),
  ({ churn }) => churn.band === 'insufficient_data' && reason('churnRiskUnknown', {}),
  ({ health }) => health.band === 'low' && reason('healthLow', { score: scored(health) }),
  ({ seen }) => {
    const { ageing, oldestDays } = seen.tickets;
    return ageing > 0 && reason('ageingTickets', { n: ageing, oldestDays });
  },
  ({ seen }) => seen.pastDue > 0 && reason('pastDue', { subscriptions: seen.pastDue }),
  ({ seen: { answers } }) => {
    const counts = Object.values(answers.moods);
    const total = (of: 'happy' | 'unhappy' | 'n') => counts.reduce((sum, count) => sum + count[of], 0);
    const unhappy = total('unhappy');
    return unhappy > 0 && reason('unhappyAnswers', { happy: total('happy'), unhappy, n: total('n') });
  },
  ({ seen, norms }) => {
    const trend = findUsageTrend(seen, norms);
    return typeof trend !== 'string' && trend.value <= fallingFrom && trend.reason;
  },
  ({ seen }) => seen.products === null && reason('productsUnknown', {}),
  ({ seen, upsell }) =>
    !hasRoom(upsell.breakdown?.lines) && reason('noRoomToGrow', { products: seen.products?.length ?? 0 }),
  ({ upsell }) =>
    upsell.band !== 'high' && reason('scoreTooLow', { score: scored(upsell), needed: upsellCutoffs.high }),
];

/** Decides with the bands of the day, so that the flag never contradicts the churn band beside it. */
export function withVerdict(verdict: Verdict): UpsellScore {
  for (const obstacle of obstacles) {
    const whyNot = obstacle(verdict);
    if (whyNot) return { ...verdict.upsell, candidate: false, whyNot };
  }
  return { ...verdict.upsell, candidate: true, whyNot: null };
}

import { breakDown } from './breakdown.ts';
import { type ChurnInput, type ChurnRule, pointsOf } from './churn-rule.ts';
import { churnInputs, churnRules, churnVersion, neededChurnCoverage } from './churn-rules.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Unbanded } from './model-score.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import { type Finding, inputsOf } from './part.ts';
import { answerDays } from './periods.ts';
import { type Contribution, type Reason, reason } from './reason.ts';
import { whyNotCustomer } from './relationship.ts';
import { coverageOf } from './weigh.ts';

/** A rule with what it found and the points it gave. */
export interface AppliedRule {
  readonly rule: ChurnRule;
  readonly finding: Finding | null;
  readonly points: number;
}

/** The arithmetic of churn risk. */
export interface Tallied {
  readonly rules: readonly AppliedRule[];
  readonly contributions: readonly Contribution[];
  readonly coverage: number;
  readonly because: Reason | null;
}

const recent = (days: number | null): boolean => days !== null && days <= answerDays;

/** Tickets are a full count: none is known to be none. Whether anything was heard at all is asked apart. */
const isKnown: Readonly<Record<ChurnInput, (seen: Observation) => boolean>> = {
  usage: ({ usage }) => usage !== null && (usage.recent === 0 || usage.before !== null),
  tickets: () => true,
  feedback: ({ answers: { moods } }) => moods.nps.n + moods.csat.n + moods.ces.n > 0,
  contract: ({ relationship, subscriptions }) => relationship.renewalInDays !== null || subscriptions > 0,
  relationship: () => true,
};

const inputNames = Object.keys(churnInputs) as ChurnInput[];
const weights = Object.fromEntries(inputNames.map((input) => [input, churnInputs[input].weight]));

/** The minimum sample: one sign of life in 180 days. Silence on every channel is no sign of low risk. */
const heard = (seen: Observation): boolean =>
  isKnown.usage(seen) || recent(seen.tickets.daysSinceLast) || recent(seen.answers.daysSinceLast);

/** Applies every rule; the points simply add up. */
export function tallyChurn(seen: Observation, norms: Norms): Tallied {
  const rules = churnRules.map((rule): AppliedRule => {
    const finding = rule.find(seen, norms);
    return { rule, finding, points: finding ? pointsOf(rule, finding.value) : 0 };
  });
  const inUse = inputNames.filter((input) => {
    const { needs } = churnInputs[input];
    return needs.length === 0 || needs.some((need) => norms.has[need]);
  });
  const known = inUse.filter((input) => isKnown[input](seen));
  const { coverage, missing } = coverageOf(weights, new Set(inUse), new Set(known));
  const tooLittle = reason('tooLittleData', { coverage, needed: neededChurnCoverage, missing });
  const silent = heard(seen) ? null : reason('nothingHeard', { days: answerDays });
  return {
    rules,
    contributions: rules.flatMap(({ finding, points }) => (finding && points ? [{ ...finding.reason, points }] : [])),
    coverage,
    because: whyNotCustomer(seen.relationship) ?? silent ?? (coverage < neededChurnCoverage ? tooLittle : null),
  };
}

/**
 * Churn risk by rules: high is bad. The points of the lines and of everything else sum exactly to the stored total, from
 * base 0; people are shown the band only. Current customers only.
 */
export function scoreChurn(seen: Observation, norms: Norms): Unbanded {
  const { rules, contributions, coverage, because } = tallyChurn(seen, norms);
  return {
    version: churnVersion,
    breakdown: because ? null : breakDown(0, contributions),
    because,
    coverage,
    fingerprint: fingerprintOf([churnVersion, because, inputsOf(rules.map(({ finding }) => finding))]),
    computedAt: seen.asOf,
  };
}

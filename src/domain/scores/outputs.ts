import { ratingOnScale } from '../metrics/rating.ts';
import type { SurveyMetric } from '../records/record.ts';
import type { Band } from './band.ts';
import type { ModelScore } from './model-score.ts';
import { moodOf } from './mood.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import { type Reason, reason } from './reason.ts';
import type { UpsellScore } from './upsell.ts';

/** A line of a text in the CRM: a reason with its points, or without any where it says why there is no score. */
export type Line = Reason & { readonly points: number | null };

/**
 * What is written to the CRM, by our own names; null clears. Texts are lines, put into words elsewhere. `scoredAt` and
 * `scoreVersion` are written only together with another value that changed: that is the writer's to decide.
 */
export interface Outputs {
  /** 0–100, high is good. */
  readonly healthScore: number | null;
  readonly healthBand: Band;
  /** High is bad. */
  readonly churnRiskBand: Band;
  /** At most five, then everything else where it is not 0; one line without points where there is no band. */
  readonly churnReasons: readonly Line[];
  readonly upsellCandidate: boolean;
  /** 0–100, high is good. */
  readonly upsellScore: number | null;
  /** The product to talk about first; empty for all who are no candidates. */
  readonly upsellReason: readonly Line[];
  readonly npsGroup: 'promoter' | 'passive' | 'detractor' | null;
  readonly lastNps: number | null;
  /** 0–100 of the answer's own scale. */
  readonly lastCsat: number | null;
  /** As rated, high is easy. */
  readonly lastCes: number | null;
  /** Null where the portal has no tickets. */
  readonly openTickets: number | null;
  /** Share of what health asks for and the portal has, 0–1, two decimals. */
  readonly dataQuality: number;
  /** ISO 8601, UTC. */
  readonly scoredAt: string;
  readonly scoreVersion: string;
}

const groups = { happy: 'promoter', neutral: 'passive', unhappy: 'detractor' } as const;

const linesOf = ({ breakdown, because }: ModelScore): Line[] => {
  if (because) return [{ ...because, points: null }];
  const { lines, everythingElse } = breakdown ?? { lines: [], everythingElse: 0 };
  return everythingElse === 0 ? [...lines] : [...lines, { ...reason('everythingElse', {}), points: everythingElse }];
};

/** The reason to call first, the rest as it adds up. */
const callFirst = (lines: readonly Line[]): Line[] =>
  lines.toSorted((a, b) => Number(b.code === 'roomToGrow') - Number(a.code === 'roomToGrow'));

/** The latest rating of a question, where it is a whole number on its scale. */
function lastRating({ answers }: Observation, metric: SurveyMetric): number | null {
  const latest = answers.latest[metric];
  return latest ? ratingOnScale(latest.fields) : null;
}

function lastCsat(seen: Observation): number | null {
  const rating = lastRating(seen, 'csat');
  const [lowest, highest] = seen.answers.latest.csat?.fields.scale ?? [0, 0];
  return rating === null || highest <= lowest ? null : Math.round((100 * (rating - lowest)) / (highest - lowest));
}

function npsGroup({ answers }: Observation): Outputs['npsGroup'] {
  const mood = answers.latest.nps ? moodOf(answers.latest.nps.fields) : null;
  return mood && groups[mood];
}

interface Models {
  readonly health: ModelScore;
  readonly churn: ModelScore;
  readonly upsell: UpsellScore;
}

/** The values for the CRM, from settled scores and what was seen. */
export function outputsOf({ health, churn, upsell }: Models, seen: Observation, norms: Norms): Outputs {
  return {
    healthScore: health.breakdown?.score ?? null,
    healthBand: health.band,
    churnRiskBand: churn.band,
    churnReasons: linesOf(churn),
    upsellCandidate: upsell.candidate,
    upsellScore: upsell.breakdown?.score ?? null,
    upsellReason: upsell.candidate ? callFirst(linesOf(upsell)) : [],
    npsGroup: npsGroup(seen),
    lastNps: lastRating(seen, 'nps'),
    lastCsat: lastCsat(seen),
    lastCes: lastRating(seen, 'ces'),
    openTickets: norms.has.tickets ? seen.tickets.open : null,
    dataQuality: Math.round(100 * health.coverage) / 100,
    scoredAt: new Date(seen.asOf).toISOString(),
    scoreVersion: [health, churn, upsell].map(({ version }) => version).join(' '),
  };
}

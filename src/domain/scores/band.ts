/** How a score is read. For health high is good, for churn risk high is bad. */
export type Band = 'high' | 'medium' | 'low' | 'insufficient_data';

/** The lowest scores of the high and the medium band, and how far beyond a cut-off a score must go to change its band. */
export interface Cutoffs {
  readonly high: number;
  readonly medium: number;
  readonly margin: number;
}

const ranks: Readonly<Record<Band, number>> = { low: 0, medium: 1, high: 2, insufficient_data: -1 };

/**
 * The band of a score, given the band of the snapshot before: a fold, so a score that wavers around a cut-off does not
 * flip its band. Without a previous band the plain cut-offs hold; without a score there is no band.
 */
export function bandOf(score: number | null, cutoffs: Cutoffs, previous: Band | null): Band {
  if (score === null) return 'insufficient_data';
  const rank = previous === null ? -1 : ranks[previous];
  const reached = (cutoff: number, own: number): boolean => {
    if (rank < 0) return score >= cutoff;
    return rank >= own ? score >= cutoff - cutoffs.margin : score >= cutoff + cutoffs.margin;
  };
  if (reached(cutoffs.high, ranks.high)) return 'high';
  return reached(cutoffs.medium, ranks.medium) ? 'medium' : 'low';
}

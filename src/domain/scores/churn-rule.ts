import type { Source } from '../metrics/metric.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import type { Finding } from './part.ts';

/** What the rules look at. */
export type ChurnInput = 'usage' | 'tickets' | 'feedback' | 'contract' | 'relationship';

/** From a value on, so many points. */
export interface Step {
  readonly from: number;
  readonly points: number;
}

/**
 * One rule: an observed number, where more is worse, turned into whole points by steps. Steps ascend in both, so a rule can
 * never reward what is worse.
 */
export interface ChurnRule {
  readonly id: string;
  readonly input: ChurnInput;
  /** What the number is, in words for `cx explain`. */
  readonly observes: string;
  /** Points below the first step: 0, or fewer where the absence of the risk speaks for staying. */
  readonly below: number;
  readonly steps: readonly Step[];
  readonly source: Source;
  find(seen: Observation, norms: Norms): Finding | null;
}

/** Points of a rule for an observed number. */
export function pointsOf({ below, steps }: Pick<ChurnRule, 'below' | 'steps'>, value: number): number {
  let points = below;
  for (const step of steps) if (value >= step.from) points = step.points;
  return points;
}

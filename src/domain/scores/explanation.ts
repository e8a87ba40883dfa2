import type { Source } from '../metrics/metric.ts';
import type { Fact, Instant } from '../records/record.ts';
import type { Cutoffs } from './band.ts';
import type { Step } from './churn-rule.ts';
import type { Observation } from './observe.ts';
import type { Missing } from './part.ts';
import type { PortalInput } from './portal-inputs.ts';
import type { Reason } from './reason.ts';
import type { SubScale } from './scale.ts';

/** A part of a weighted score: value on its scale, sub-score 0–100, share of the score, exact points. */
export interface PartRow {
  readonly part: string;
  readonly input: string;
  readonly missing: Missing | null;
  readonly value: number | null;
  readonly reason: Reason | null;
  readonly scale: SubScale;
  readonly subScore: number | null;
  /** 0–1; the shares of what is there add up to 1. */
  readonly share: number;
  /** share × (sub-score − base), before rounding. */
  readonly points: number;
}

/** A rule: what it observes, what was observed, and the points that gave. */
export interface RuleRow {
  readonly rule: string;
  readonly input: string;
  readonly observes: string;
  /** Null where it is unknown; such a rule gives no points. */
  readonly value: number | null;
  readonly reason: Reason | null;
  readonly below: number;
  readonly steps: readonly Step[];
  readonly source: Source;
  readonly points: number;
}

/** The arithmetic of one model, before rounding, dead-band and hysteresis. */
export interface ModelExplanation<Row> {
  readonly version: string;
  readonly base: number;
  readonly rows: readonly Row[];
  /** base + points of all rows. */
  readonly exact: number;
  readonly coverage: number;
  readonly neededCoverage: number;
  readonly because: Reason | null;
  readonly cutoffs: Cutoffs;
}

/** From facts through what was counted to the arithmetic of each score. */
export interface Explanation {
  readonly asOf: Instant;
  /** Tickets, answers and subscriptions as they stood just before `asOf`. */
  readonly facts: readonly Fact[];
  readonly observed: Pick<
    Observation,
    'relationship' | 'tickets' | 'answers' | 'usage' | 'subscriptions' | 'pastDue' | 'products'
  >;
  /** The inputs that anybody in the portal has. */
  readonly inPortal: readonly PortalInput[];
  readonly health: ModelExplanation<PartRow>;
  readonly churn: ModelExplanation<RuleRow>;
  readonly upsell: ModelExplanation<PartRow>;
}

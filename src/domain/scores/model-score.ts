import type { Instant } from '../records/record.ts';
import type { Band } from './band.ts';
import type { Breakdown } from './breakdown.ts';
import type { Reason } from './reason.ts';

/** What one model says about one customer. Plain data: it is stored as it is, and yesterday's is today's `previous`. */
export interface ModelScore {
  /** Model id and version, as `health-1`. */
  readonly version: string;
  /** Null without a score; then `because` says why. */
  readonly breakdown: Breakdown | null;
  readonly because: Reason | null;
  readonly band: Band;
  /** Share of the weight of the inputs in use in the portal that was there, 0–1. */
  readonly coverage: number;
  /** Of the numbers that went in. */
  readonly fingerprint: string;
  /** The `asOf` these numbers were computed for; older than today's where a tiny move was not taken over. */
  readonly computedAt: Instant;
}

/** A model's answer before the band, which needs yesterday's. */
export type Unbanded = Omit<ModelScore, 'band'>;

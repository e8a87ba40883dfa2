/** Who calls, the most urgent first. */
export type Lane = 'webhook' | 'write-back' | 'poll' | 'backfill';

/** What a lane may do where several want the same allowance. */
export interface LaneRules {
  /** It leases slots once the next free one is at most this far ahead: the lane with the longest lead is served first. */
  readonly opensMs: number;
  /** No slot later than this: what the lanes above it have to wait at most. */
  readonly aheadMs: number;
  /** Longest that one of it looks past the moment at which it may lease, where many wait for the same slots. */
  readonly spreadMs: number;
  /** A call that would have to wait longer is given back to its caller, who comes again later and pays no waiting. */
  readonly patienceMs: number;
  /** Part of the day's allowance that it leaves to the lanes above it, and to people who work in the portal. */
  readonly reserve: number;
}

/**
 * Slots of searches lie 206 ms apart, those of other calls 50 to 100. A lane's lead is what it takes to keep slots leased
 * without a break while those who wait look at different moments; half as much again lets one write lease several.
 */
export const lanes: Readonly<Record<Lane, LaneRules>> = {
  webhook: { opensMs: 10_000, aheadMs: 10_000, spreadMs: 0, patienceMs: 10_000, reserve: 0 },
  'write-back': { opensMs: 450, aheadMs: 650, spreadMs: 250, patienceMs: 20_000, reserve: 0.05 },
  poll: { opensMs: 400, aheadMs: 575, spreadMs: 1_000, patienceMs: 30_000, reserve: 0.1 },
  backfill: { opensMs: 350, aheadMs: 500, spreadMs: 8_000, patienceMs: 30_000, reserve: 0.25 },
};

/** One process alone: nobody to leave anything to, and no Lambda that waits at a price. */
export const aloneRules: LaneRules = { opensMs: 60_000, aheadMs: 60_000, spreadMs: 0, patienceMs: 60_000, reserve: 0 };

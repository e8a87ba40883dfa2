import type { BackfillMode } from '#pipeline/forecasting/backfill-calls.ts';
import type { Outcome } from '../play/play.ts';
import { totalOf } from './floor.ts';

/**
 * At most this many calls for each that had to be, all seeds of a mode together. Fast backfills spend calls to save time:
 * their lanes look for places to begin at, which portals of a few dozen records and pages of five do not repay, and of what
 * they had read ahead a crash costs up to four chunks.
 */
export const mostCallsPerFloor: Readonly<Record<BackfillMode, number>> = { frugal: 1.3, fast: 1.4 };

/** Calls made, and the fewest there can be. */
export interface Calls {
  readonly calls: number;
  readonly floor: number;
}

/** How often something went wrong, all seeds together. */
export interface Sums {
  readonly seeds: number;
  readonly lost: number;
  readonly phantom: number;
  readonly stale: number;
  readonly broken: number;
  /** By how the portal was read the first time: the seeds, and their calls. */
  readonly backfills: Readonly<Record<BackfillMode, Calls & { readonly seeds: number }>>;
}

/** Whether a seed kept every promise of content; calls are judged over all seeds together. */
export const isFaultless = ({
  lost,
  phantom,
  stale,
  broken,
}: Pick<Outcome, 'lost' | 'phantom' | 'stale' | 'broken'>): boolean =>
  lost.length + phantom.length + stale.length + broken.length === 0;

export const callsPerFloor = ({ calls, floor }: Calls): number => (floor === 0 ? 1 : calls / floor);

const total = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + of(outcome), 0);

const backfillsOf = (outcomes: readonly Outcome[], mode: BackfillMode): Sums['backfills'][BackfillMode] => {
  const these = outcomes.filter(({ backfill }) => backfill === mode);
  return {
    seeds: these.length,
    calls: total(these, ({ calls }) => calls),
    floor: total(these, ({ floor }) => totalOf(floor)),
  };
};

export const sumsOf = (outcomes: readonly Outcome[]): Sums => ({
  seeds: outcomes.length,
  lost: total(outcomes, ({ lost }) => lost.length),
  phantom: total(outcomes, ({ phantom }) => phantom.length),
  stale: total(outcomes, ({ stale }) => stale.length),
  broken: total(outcomes, ({ broken }) => broken.length),
  backfills: { frugal: backfillsOf(outcomes, 'frugal'), fast: backfillsOf(outcomes, 'fast') },
});

/** Our calls of all seeds. */
export const callsOf = ({ backfills: { frugal, fast } }: Sums): number => frugal.calls + fast.calls;

/** What came of fast backfills: `24 seeds with fast backfills: calls/floor 1.18 (at most 1.4)`. */
export const fastLine = ({ backfills: { fast } }: Sums): string =>
  `${fast.seeds} seeds with fast backfills: calls/floor ${callsPerFloor(fast).toFixed(2)} (at most ${mostCallsPerFloor.fast})`;

/** The last line: `seeds 100, lost 0, phantom 0, stale 0, calls/floor 1.12`; the calls are those of frugal backfills. */
export const closingLine = ({ seeds, lost, phantom, stale, broken, backfills }: Sums): string =>
  [
    `seeds ${seeds}`,
    `lost ${lost}`,
    `phantom ${phantom}`,
    `stale ${stale}`,
    ...(broken > 0 ? [`broken ${broken}`] : []),
    `calls/floor ${callsPerFloor(backfills.frugal).toFixed(2)}`,
  ].join(', ');

/** Whether nothing went wrong and no more calls were made than may be, each mode for itself. */
export const isKept = ({ lost, phantom, stale, broken, backfills }: Sums): boolean =>
  lost + phantom + stale + broken === 0 &&
  (['frugal', 'fast'] as const).every((mode) => callsPerFloor(backfills[mode]) <= mostCallsPerFloor[mode]);

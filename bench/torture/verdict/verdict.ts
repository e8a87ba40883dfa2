import type { Outcome } from '../play/play.ts';
import { totalOf } from './floor.ts';

/** At most this many calls for each that had to be. */
export const mostCallsPerFloor = 1.3;

/** How often something went wrong, all seeds together. */
export interface Sums {
  readonly seeds: number;
  readonly lost: number;
  readonly phantom: number;
  readonly stale: number;
  readonly broken: number;
  readonly calls: number;
  readonly floor: number;
}

/** Whether a seed kept every promise of content; calls are judged over all seeds together. */
export const isFaultless = ({
  lost,
  phantom,
  stale,
  broken,
}: Pick<Outcome, 'lost' | 'phantom' | 'stale' | 'broken'>): boolean =>
  lost.length + phantom.length + stale.length + broken.length === 0;

export const callsPerFloor = ({ calls, floor }: Pick<Sums, 'calls' | 'floor'>): number =>
  floor === 0 ? 1 : calls / floor;

export const sumsOf = (outcomes: readonly Outcome[]): Sums => {
  const total = (of: (outcome: Outcome) => number): number => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  return {
    seeds: outcomes.length,
    lost: total(({ lost }) => lost.length),
    phantom: total(({ phantom }) => phantom.length),
    stale: total(({ stale }) => stale.length),
    broken: total(({ broken }) => broken.length),
    calls: total(({ calls }) => calls),
    floor: total(({ floor }) => totalOf(floor)),
  };
};

/** The last line: `seeds 100, lost 0, phantom 0, stale 0, calls/floor 1.12`. */
export const closingLine = (sums: Sums): string =>
  [
    `seeds ${sums.seeds}`,
    `lost ${sums.lost}`,
    `phantom ${sums.phantom}`,
    `stale ${sums.stale}`,
    ...(sums.broken > 0 ? [`broken ${sums.broken}`] : []),
    `calls/floor ${callsPerFloor(sums).toFixed(2)}`,
  ].join(', ');

export const isKept = (sums: Sums): boolean =>
  sums.lost + sums.phantom + sums.stale + sums.broken === 0 && callsPerFloor(sums) <= mostCallsPerFloor;

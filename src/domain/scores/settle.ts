import type { Breakdown } from './breakdown.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Unbanded } from './model-score.ts';
import type { Contribution } from './reason.ts';

/** Moves smaller than this many points are not taken over. Default of ours. */
export const deadBand = 2;
/** A number inside a reason may drift by this share before its words are written anew. Default of ours. */
const drift = 0.2;

const near = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= drift * Math.max(Math.abs(a), Math.abs(b))
    : a === b || fingerprintOf(a) === fingerprintOf(b);

function sameWords(a: Contribution, b: Contribution): boolean {
  const [before, now] = [a.values, b.values] as Readonly<Record<string, unknown>>[];
  return Object.entries(now ?? {}).every(([name, value]) => near(before?.[name], value));
}

const tiny = (a: number, b: number): boolean => Math.abs(a - b) < deadBand;

/** Whether both say the same: close scores, and the same reasons with close points and close numbers. */
function saysTheSame(before: Breakdown, now: Breakdown): boolean {
  if (before.base !== now.base || before.lines.length !== now.lines.length) return false;
  if (!tiny(before.score, now.score) || !tiny(before.everythingElse, now.everythingElse)) return false;
  return now.lines.every((line) => {
    const known = before.lines.find(({ code }) => code === line.code);
    return known !== undefined && tiny(known.points, line.points) && sameWords(known, line);
  });
}

/**
 * The dead-band of every score: a tiny move keeps the earlier score, and with it its reasons, coverage, fingerprint and date,
 * so that what is stored always adds up. Compared with what was kept, not with yesterday's raw value: small moves cannot
 * creep. Any move counts across versions, and where a score appears or goes.
 */
export function settle(previous: Unbanded | null, now: Unbanded): Unbanded {
  if (!previous?.breakdown || !now.breakdown || previous.version !== now.version) return now;
  return saysTheSame(previous.breakdown, now.breakdown) ? previous : now;
}

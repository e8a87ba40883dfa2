import { apportion } from './apportion.ts';
import type { Contribution } from './reason.ts';

/** How many reasons a score names; the others share one line. */
export const namedReasons = 5;

/** A whole score and the lines that add up to it: `base` + the lines' points + `everythingElse` = `score`, exactly. */
export interface Breakdown {
  readonly score: number;
  /** Where the sum starts: what is scored when nothing speaks for or against. */
  readonly base: number;
  /** At most five, the largest first by absolute size. */
  readonly lines: readonly Contribution[];
  readonly everythingElse: number;
}

/** Rounds exact contributions to whole points and names the five largest. */
export function breakDown(base: number, contributions: readonly Contribution[]): Breakdown {
  const exact = contributions.map(({ points }) => points);
  // Adding 0 turns a rounded −0 into 0.
  const change = Math.round(exact.reduce((sum, points) => sum + points, 0)) + 0;
  const whole = apportion(exact, change);
  const sized = contributions
    .map((contribution, index) => ({ ...contribution, points: whole[index] ?? 0 }))
    .filter(({ points }) => points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const lines = sized.slice(0, namedReasons);
  const named = lines.reduce((sum, { points }) => sum + points, 0);
  return { score: base + change, base, lines, everythingElse: change - named };
}

import type { Instant } from '#domain/records/record.ts';

/**
 * A chain of runs ends after so many, and the next scheduled run begins another. Lambda itself stops a function that its
 * own messages have invoked about 16 times in a row; ours comes first, so that it is counted as ours.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export const mostContinuations = 12;

/** SQS delays a message by no more than this. What lies further ahead is left to the schedule. */
const longestDelayMs = 15 * 60_000;

/**
 * How a run ended: with nothing left to do, cut by its deadline, made to wait by HubSpot, or not begun because another
 * process is at the same work. `until` is null where nobody knows the moment, or where nobody waits for it.
 */
export type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'cut'; readonly progress: number }
  | { readonly kind: 'busy' | 'elsewhere'; readonly until: Instant | null };

/** What is known of a run besides its ending. */
export interface Run {
  readonly now: Instant;
  /** How many runs of its chain came before it. */
  readonly continuation: number;
  /** How long a run that was cut leaves the field to others. */
  readonly pauseMs: number;
}

/** When to run again, or why that is left to the schedule. `givenUp`: somebody should know. */
export type NextRun = { readonly afterSeconds: number } | { readonly left: string; readonly givenUp: boolean };

const left = (because: string, givenUp = false): NextRun => ({ left: because, givenUp });

/** Goes on only where something was achieved, or where the moment to wait for lies ahead: no chain turns in circles. */
export function nextRun(ending: Ending, { now, continuation, pauseMs }: Run): NextRun {
  if (ending.kind === 'done') return left('nothing is left to do');
  if (ending.kind === 'cut' && ending.progress === 0) return left('the whole run achieved nothing', true);
  const moment = ending.kind === 'cut' ? now + pauseMs : ending.until;
  if (moment === null) return left('there is no moment to wait for');
  if (moment < now) return left('the moment to wait for has passed');
  if (moment > now + longestDelayMs) return left('the moment to wait for is more than 15 minutes away');
  // Where another process is at the same work, it sees to what this one was called for.
  if (continuation >= mostContinuations)
    return left(`${continuation} runs in a row did not suffice`, ending.kind !== 'elsewhere');
  return { afterSeconds: Math.ceil((moment - now) / 1000) };
}

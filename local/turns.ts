import { randomUUID } from 'node:crypto';
import type { Deadline } from '#pipeline/connector.ts';
import type { Clock, LeaseBook } from '#pipeline/ports.ts';
import { soleRun } from '#pipeline/sole-run.ts';
import { StoreConflictError } from '#platform/errors.ts';

/**
 * Does a step that commits records until it is done. Where other processes work on the same table, in turns: a turn ends at
 * the deadline the step is given, and others may have theirs. @throws StoreConflictError when another process is at it.
 */
export type Turns = <R extends { readonly done: boolean }>(step: (deadline: Deadline) => Promise<R>) => Promise<R>;

/** Nobody else works on the table: one turn without an end. */
export const alone: Turns = (step) => step({});

const turnMs = 4 * 60_000;
/** A turn outlasts its deadline by the chunk under way, and other clocks differ by seconds. */
const graceMs = 60_000;
const lookAgainMs = 2_000;

const atWork = (table: string, until: number): StoreConflictError =>
  new StoreConflictError(
    `Another process is at work on ${table}: the deployed functions, or another cx.`,
    `Try again after ${new Date(until).toISOString()}, when it has ended for certain; mostly it ends much earlier.`,
  );

/** Turns on a table of AWS, which the deployed functions and others work on too. */
export function turnsOn(
  table: string,
  { leases, clock }: { readonly leases: LeaseBook; readonly clock: Clock },
): Turns {
  const holder = `cx ${randomUUID()}`;
  return async (step) => {
    for (let began = false; ; ) {
      const deadline = clock.now() + turnMs;
      const hold = { leases, clock, work: 'records', holder, until: deadline + graceMs } as const;
      const turn = await soleRun(hold, () => step({ deadline }));
      if (turn.ran && turn.result.done) return turn.result;
      if (!turn.ran && !began) throw atWork(table, turn.busyUntil);
      // Once it has begun it comes to its end: whoever took the turn in between is waited for.
      if (!turn.ran) await clock.sleep(lookAgainMs);
      began = true;
    }
  };
}

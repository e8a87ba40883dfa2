import type { Clock, Lease, LeaseBook } from '#pipeline/ports.ts';

/** Longest pause before somebody who came second tries again. */
const longestPauseMs = 200;
const firstPauseMs = 5;

/** Full jitter after so many conflicts in a row: those who collided must not meet again. */
export const conflictPauseMs = (conflicts: number, random: () => number): number =>
  Math.ceil(random() * Math.min(longestPauseMs, firstPauseMs * 2 ** conflicts));

/** A document of the lease book, and what it takes to change it. */
export interface Shared<T> {
  readonly book: LeaseBook;
  readonly name: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** What stands there before anybody wrote. */
  readonly initial: T;
}

/** Changes a document whoever else does, and answers what stands there then; null from `change` means that it may stay. */
export async function amend<T>(shared: Shared<T>, change: (now: T) => T | null): Promise<T> {
  const { book, name, clock, random, initial } = shared;
  for (let conflicts = 0; ; conflicts += 1) {
    const lease: Lease<T> | null = await book.readLease<T>(name);
    const value = lease?.value ?? initial;
    const changed = change(value);
    if (changed === null) return value;
    if (await book.swapLease(name, lease, changed)) return changed;
    await clock.sleep(conflictPauseMs(conflicts, random));
  }
}

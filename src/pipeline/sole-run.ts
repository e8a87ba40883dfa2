import type { Instant } from '../domain/records/record.ts';
import type { Clock, Lease, LeaseBook } from './ports.ts';

/** Work that one process at a time does on a table: pull and reconcile records, score customers, or write back. */
export type SoleWork = 'records' | 'scores' | 'writes';

/** Who is at it, and when that ends at the latest: a process that died holds nobody up for longer. Plain JSON. */
interface Hold {
  readonly holder: string;
  readonly until: Instant;
}

/** What a sole run needs. */
export interface SoleRunOptions {
  readonly leases: LeaseBook;
  readonly clock: Clock;
  readonly work: SoleWork;
  /** Another name for every run. */
  readonly holder: string;
  /** When this run has ended for certain, clocks that differ from ours included. */
  readonly until: Instant;
}

/** What became of it: done by us, or left alone because another process is at it until then at the latest. */
export type SoleRun<T> =
  | { readonly ran: true; readonly result: T }
  | { readonly ran: false; readonly busyUntil: Instant };

const leaseName = (work: SoleWork): string => `sole ${work}`;

/** Runs unless another process is at the same work on the same table. @throws StoreBusyError */
export async function soleRun<T>(options: SoleRunOptions, run: () => Promise<T>): Promise<SoleRun<T>> {
  const { leases, clock, work, holder, until } = options;
  const name = leaseName(work);
  const before = await leases.readLease<Hold>(name);
  if (before && clock.now() < before.value.until) return { ran: false, busyUntil: before.value.until };
  await leases.swapLease(name, before, { holder, until });
  // Asked rather than believed: a swap that is repeated after a lost answer reports somebody else's success, its own.
  const held = await leases.readLease<Hold>(name);
  if (held?.value.holder !== holder) return { ran: false, busyUntil: held?.value.until ?? until };
  try {
    return { ran: true, result: await run() };
  } finally {
    await release(leases, name, held);
  }
}

/** Nothing is lost where the book cannot be written: the hold ends by itself. */
async function release(leases: LeaseBook, name: string, held: Lease<Hold>): Promise<void> {
  await leases.swapLease(name, held, { ...held.value, until: 0 }).catch(() => null);
}

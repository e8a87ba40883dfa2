import { StoreConflictError } from '#platform/errors.ts';
import type { Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Zone } from '../../domain/time/zone.ts';
import type { Clock, Lease, Store } from '../ports.ts';

/** Who commits records of a kind, until when at the latest, and which: so that a commit that was cut off is finished. */
interface Commit {
  readonly holder: string;
  readonly until: Instant;
  readonly ids: readonly RecordId[];
}

/** Who wants to commit, and what it takes. */
export interface Committer {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  /** Another name for every process that may commit beside others; the runs that hold the lease of records share one. */
  readonly holder?: string;
  /** When it has to have ended, in milliseconds since the epoch. */
  readonly deadline?: Instant;
  /** When what concerns these records happened, where a webhook told. */
  readonly since?: ReadonlyMap<RecordId, Instant>;
}

/** Files the records named anew, whatever was done of it before; whoever still holds an older version saves it no more. */
export type Refile = (committer: Committer, kind: RecordKind, ids: readonly RecordId[]) => Promise<void>;

/** What is to be done while nobody else commits the kind. */
export interface Commitment {
  /** Asks `stillOurs` before each write that others would have to know of. @throws StoreConflictError when time is up. */
  readonly work: (stillOurs: () => void) => Promise<void>;
  /** Takes back what `work` may have done after somebody took over, beside what is stored now. */
  readonly mend?: () => Promise<void>;
}

const soleHolder = 'sole run';
/** A commit takes a second or two. A process that died in one holds the others up for this long, and no longer. */
const longestCommitMs = 30_000;
const longestWaitMs = 2 * longestCommitMs;
/** What was read before the deadline is still committed after it: a turn of somebody else's is waited for. */
const shortestWaitMs = 5_000;
/** What is begun so shortly before others may take over might end after. */
const marginMs = 5_000;
const pauseMs = 50;

const bookName = (kind: RecordKind): string => `committing ${kind}`;

/**
 * Does work that takes records out of their places or puts them there, while nobody else does so in this kind; whatever was
 * cut off before is finished first. Work that fails leaves its ids: they are filed anew by whoever comes next.
 * @throws StoreConflictError when others are at it for too long, or took over.
 */
export async function committing(
  committer: Committer,
  kind: RecordKind,
  ids: readonly RecordId[],
  { work, mend = async () => {} }: Commitment,
  refile: Refile,
): Promise<void> {
  const { clock } = committer;
  const held = await take(committer, kind, ids, refile);
  const stillOurs = (): void => {
    if (clock.now() > held.value.until - marginMs) throw conflict(kind);
  };
  try {
    await work(stillOurs);
    stillOurs();
  } catch (error) {
    if (!(await settle(committer, kind, held, ids).catch(() => null))) await putRight(committer, kind, mend, refile);
    throw error;
  }
  if (await settle(committer, kind, held, [])) return;
  await putRight(committer, kind, mend, refile);
  throw conflict(kind);
}

/** Somebody took over while this was going on: what was done since is looked through, in a turn of its own. */
const putRight = async (committer: Committer, kind: RecordKind, mend: () => Promise<void>, refile: Refile) => {
  const again = await take(committer, kind, [], refile);
  await mend();
  await settle(committer, kind, again, []);
};

/** Finishes what was cut off in this kind, if there is anything. */
export async function finishCutOff(committer: Committer, kind: RecordKind, refile: Refile): Promise<void> {
  const known = await committer.store.readLease<Commit>(bookName(kind));
  if (known && known.value.ids.length > 0) await committing(committer, kind, [], { work: async () => {} }, refile);
}

async function take(
  committer: Committer,
  kind: RecordKind,
  ids: readonly RecordId[],
  refile: Refile,
): Promise<Lease<Commit>> {
  const { store, clock, holder = soleHolder } = committer;
  const name = bookName(kind);
  const { deadline = Number.POSITIVE_INFINITY } = committer;
  const patience = Math.min(clock.now() + longestWaitMs, Math.max(deadline, clock.now() + shortestWaitMs));
  for (;;) {
    const known = await store.readLease<Commit>(name);
    if (known && known.value.holder !== holder && clock.now() < known.value.until) {
      if (clock.now() >= patience) throw conflict(kind);
      await clock.sleep(pauseMs);
      continue;
    }
    const cutOff = known?.value.ids ?? [];
    const until = clock.now() + longestCommitMs;
    const held = await store.swapLease(name, known, { holder, until, ids: cutOff.length > 0 ? cutOff : ids });
    if (!held) continue;
    if (cutOff.length === 0) return held;
    await refile(committer, kind, cutOff);
    const own = await store.swapLease(name, held, { holder, until: clock.now() + longestCommitMs, ids });
    if (own) return own;
  }
}

const settle = (
  { store, holder = soleHolder }: Committer,
  kind: RecordKind,
  held: Lease<Commit>,
  ids: readonly RecordId[],
): Promise<Lease<Commit> | null> => store.swapLease<Commit>(bookName(kind), held, { holder, until: 0, ids });

const conflict = (kind: RecordKind): StoreConflictError =>
  new StoreConflictError(`Another process is committing ${kind} records.`, 'Nothing to do: it is tried again.');

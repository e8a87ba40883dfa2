import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import { orRefused } from './refused.ts';
import { archived, depart, erased, readmit } from './settle.ts';
import { isOver, type Syncing } from './syncing.ts';

/** Where the look through one kind's recycle bin stands. */
interface SweepProgress {
  /** When the last complete look began, and how many calls it took. */
  readonly lastBegan: number;
  readonly lastCalls: number;
  /** The look under way, if there is one. */
  readonly underWay: { readonly began: number; readonly after: RecordId | null; readonly calls: number } | null;
}

/** What a look through the bin found. */
export interface Swept {
  readonly complete: boolean;
  readonly archived: number;
  readonly returned: number;
  readonly erased: number;
}

/** The state document of the look through one kind's bin. */
export const sweepName = (kind: RecordKind): string => `looking for archived#${kind}`;
/** A full bin is looked through less often: at most a hundred calls an hour and kind. */
const msPerCall = 36_000;
/** Not every kind is documented to have a bin that can be listed; those without are looked after by the re-read. */
const notListed = [400, 403, 404, 405];

/**
 * Archiving moves no modified date and search never shows it, so HubSpot's recycle bin is read through from time to time:
 * what is in it departs, and what is no longer in it was restored, or is gone for good.
 */
export async function sweepArchived(syncing: Syncing, kind: RecordKind): Promise<Swept> {
  const { store, crm, clock, config } = syncing;
  const total = { archived: 0, returned: 0, erased: 0 };
  let progress = await begin(syncing, kind, config.sync.archivedEveryMinutes * 60_000);
  while (progress.underWay) {
    if (isOver(syncing)) return { complete: false, ...total };
    const { began, after, calls } = progress.underWay;
    const lookedAt = clock.now();
    const page = await orRefused(notListed, crm.archivedAfter(kind, after), null);
    if (page === null) {
      await store.saveState(sweepName(kind), {
        lastBegan: began,
        lastCalls: 1,
        underWay: null,
      } satisfies SweepProgress);
      return { complete: true, ...total };
    }
    const departed = await store.departures(kind, page.ids);
    const fresh = page.ids.filter((id) => !departed.has(id));
    await depart(syncing, kind, archived(kind, fresh, lookedAt));
    const listed = new Set(page.ids);
    const known = await store.archivedIds(kind, { after, upTo: page.next });
    const found = await settleVanished(
      syncing,
      kind,
      known.filter((id) => !listed.has(id)),
    );
    total.archived += fresh.length;
    total.returned += found.returned;
    total.erased += found.erased;
    progress =
      page.next === null
        ? { lastBegan: began, lastCalls: calls + 1, underWay: null }
        : { ...progress, underWay: { began, after: page.next, calls: calls + 1 } };
    await store.saveState(sweepName(kind), progress);
  }
  return { complete: true, ...total };
}

/** The first look comes a while after the first pull: what was archived before was never kept. */
async function begin({ store, clock }: Syncing, kind: RecordKind, everyMs: number): Promise<SweepProgress> {
  const now = clock.now();
  const known = await store.readState<SweepProgress>(sweepName(kind));
  if (!known) {
    const first = { lastBegan: now, lastCalls: 0, underWay: null };
    await store.saveState(sweepName(kind), first);
    return first;
  }
  if (known.underWay || now < known.lastBegan + Math.max(everyMs, known.lastCalls * msPerCall)) return known;
  return { ...known, underWay: { began: now, after: null, calls: 0 } };
}

/** What left the bin: HubSpot's own table has it again, or nobody has. */
async function settleVanished(syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]) {
  if (ids.length === 0) return { returned: 0, erased: 0 };
  const { crm, clock } = syncing;
  const { records, unreadable } = await crm.recordsOf(kind, ids);
  const present = new Set([...records, ...unreadable].map(({ id }) => id));
  const missing = ids.filter((id) => !present.has(id));
  // Asked again, since it is for ever: a record may have been archived anew between the two calls.
  const binned = missing.length > 0 ? await crm.archivedAmong(kind, missing) : new Set<RecordId>();
  const gone = missing.filter((id) => !binned.has(id));
  await readmit(syncing, kind, [...present]);
  await depart(syncing, kind, erased(kind, gone, clock.now()));
  return { returned: present.size, erased: gone.length };
}

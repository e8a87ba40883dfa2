import type { Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import { applyRecords } from '../sync/apply-records.ts';
import { holdUnreadable, release } from '../sync/quarantine.ts';
import { readDue } from '../sync/read-due.ts';
import { archived, depart } from '../sync/settle.ts';
import type { Syncing } from '../sync/syncing.ts';
import { type Compared, compareRecords, type Difference, isAlike } from './compare-records.ts';

/** Differences that were there twice, and which of them are no more. */
export interface Mended {
  readonly differences: ReadonlyMap<RecordId, Difference>;
  readonly repaired: number;
}

/**
 * Looks again at records that seemed to differ, in HubSpot's own table, and has those that still do go through the one way
 * in or out. What was told on the way (an index that lagged, a pull in between) is forgotten by the second look.
 */
export async function mend(
  syncing: Syncing,
  kind: RecordKind,
  suspects: readonly RecordId[],
  before: Instant,
): Promise<Mended> {
  const differences = new Map<RecordId, Difference>();
  let repaired = 0;
  const { crm, clock } = syncing;
  for (let from = 0; from < suspects.length; from += crm.linksPerCall) {
    const ids = suspects.slice(from, from + crm.linksPerCall);
    const lookedAt = clock.now();
    const shown = await crm.recordsOf(kind, ids);
    await holdUnreadable(syncing, shown.unreadable);
    const confirmed = await compareRecords(syncing, kind, { kept: ids, shown, before });
    repaired += await repair(syncing, kind, confirmed, lookedAt);
    for (const [id, difference] of confirmed.differences) differences.set(id, difference);
  }
  return { differences, repaired };
}

async function repair(
  syncing: Syncing,
  kind: RecordKind,
  { differences, live }: Compared,
  lookedAt: Instant,
): Promise<number> {
  if (differences.size === 0) return 0;
  const { store } = syncing;
  const ids = [...differences.keys()];
  const records = ids.flatMap((id) => live.get(id) ?? []);
  const gone = ids.filter((id) => differences.get(id) === 'extra');
  await applyRecords(syncing, records, { relink: true });
  await release(syncing, kind, records);
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, gone, lookedAt));
  // What came back from the bin is noted to be read whole, and so is what was linked to it.
  await readDue(syncing);

  const stored = await store.readRecords(kind, ids);
  return ids.filter((id) => {
    const known = stored.get(id);
    const record = live.get(id);
    return record ? known !== undefined && isAlike(syncing, known, record) : known === undefined;
  }).length;
}

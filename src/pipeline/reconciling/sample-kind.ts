import {
  type CxRecord,
  compareIds,
  type Instant,
  type RecordId,
  type RecordKind,
} from '../../domain/records/record.ts';
import { randomSample } from '../../domain/statistics/random-sample.ts';
import type { IdRange, RecordsRead, UnreadableRow } from '../ports.ts';
import { holds } from '../sync/id-ranges.ts';
import { holdUnreadable } from '../sync/quarantine.ts';
import type { Syncing } from '../sync/syncing.ts';
import { compareRecords } from './compare-records.ts';
import { type KindDrift, nothingCompared, sampleShare, tallied } from './drift.ts';
import { locateDifferences } from './locate.ts';
import { mend } from './mend.ts';

/** Calls that looking for what the counts tell of may take, for each kind: two places among a million records. */
const locatingCalls = 40;
/** HubSpot lists as many records a call. */
const listPage = 100;

/**
 * Compares one kind by counts and by samples: records kept, drawn at random, and pages of HubSpot's list behind others drawn
 * at random, the last one included, since what is new comes at the end. Where the counts differ they tell where.
 */
export async function sampleKind(
  syncing: Syncing,
  kind: RecordKind,
  { size, seed, before }: { readonly size: number; readonly seed: number; readonly before: Instant },
): Promise<KindDrift> {
  const { store, crm } = syncing;
  const kept = await store.recordIds(kind, { after: null, upTo: null });
  const known = await withHeld(syncing, kind, kept);
  const counted = await crm.count(kind);

  const drawn = randomSample(kept, size, seed);
  const starts = [null, ...randomSample(kept, Math.ceil(size / listPage) - 1, seed + 1), ...kept.slice(-1)];
  const { shown, ranges } = await readShown(syncing, kind, drawn, starts);
  await holdUnreadable(syncing, shown.unreadable);
  const besides = kept.filter((id) => ranges.some((range) => holds(range, id)));
  const compared = await compareRecords(syncing, kind, { kept: [...new Set([...drawn, ...besides])], shown, before });
  const located = counted === known.length ? [] : await locateDifferences(crm, kind, known, { budget: locatingCalls });

  const suspects = [...new Set([...compared.differences.keys(), ...located])].filter(isReadable);
  const mended = await mend(syncing, kind, suspects, before);
  const beside = [...mended.differences.keys()].filter((id) => !compared.checked.has(id)).length;
  return {
    kept: known.length,
    counted,
    ...tallied(nothingCompared, compared.checked.size + beside, mended),
    ...sampleShare(
      drawn.filter((id) => compared.checked.has(id)),
      mended.differences,
    ),
  };
}

/** A row whose id could not be read stands in quarantine as `?`. */
const isReadable = (id: RecordId): boolean => /^\d+$/.test(id);

/** The ids kept and those in quarantine that never could be read: HubSpot counts them too. */
async function withHeld({ store }: Syncing, kind: RecordKind, kept: readonly RecordId[]): Promise<RecordId[]> {
  const held = await Array.fromAsync(store.quarantined(kind), ({ id }) => id);
  return [...new Set([...kept, ...held.filter(isReadable)])].sort(compareIds);
}

/** The records drawn and the pages behind the starts, each record once, from HubSpot's own table; and what the pages span. */
async function readShown(
  { crm }: Syncing,
  kind: RecordKind,
  drawn: readonly RecordId[],
  starts: readonly (RecordId | null)[],
): Promise<{ readonly shown: RecordsRead; readonly ranges: readonly IdRange[] }> {
  const records = new Map<RecordId, CxRecord>();
  const unreadable: UnreadableRow[] = [];
  const ranges: IdRange[] = [];
  const take = (read: RecordsRead): void => {
    for (const record of read.records) records.set(record.id, record);
    unreadable.push(...read.unreadable);
  };
  if (drawn.length > 0) take(await crm.recordsOf(kind, drawn));
  for (const after of new Set(starts)) {
    const page = await crm.listAfter(kind, after);
    take(page);
    ranges.push({ after, upTo: page.next });
  }
  return { shown: { records: [...records.values()], unreadable }, ranges };
}

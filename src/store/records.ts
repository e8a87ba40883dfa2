import type { CxRecord, RecordId, RecordKind } from '#domain/records/record.ts';
import type { IdRange } from '#pipeline/ports.ts';
import { StoreConflictError } from '#platform/errors.ts';
import { type Condition, wasMade } from './conditions.ts';
import { idFrom, recordKey, recordsPartitions, sortRangeOf } from './keys.ts';
import { type Item, inParallel, type Table } from './table.ts';

const writesInFlight = 16;
const partitionsInFlight = 4;

/** Marks what is left of a record that departed, beside its `why`. */
export const departed = 'departed';

/** The record in its canonical item. */
export function recordFrom(item: Item): CxRecord {
  const record = JSON.parse(item['data'] as string) as CxRecord;
  revisions.set(record, item['revision'] as number);
  return record;
}

/** Canonical items of the records named; unknown and departed ids are absent. */
export async function readRecords(
  table: Table,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, CxRecord>> {
  const items = await table.getMany(ids.map((id) => recordKey(kind, id)));
  return new Map(
    items.flatMap((item) => {
      if (departed in item) return [];
      const record = recordFrom(item);
      return [[record.id, record]];
    }),
  );
}

/** Which revision of its item a record was read from: another one after every change. Nobody outside has to carry it. */
const revisions = new WeakMap<CxRecord, number>();

/**
 * Saves each record unless a newer one is stored: that one came through another door meanwhile, and wins. So does a
 * departure: what is gone comes back by being readmitted, not by a late row. With `seen` whatever was stored since wins.
 */
export async function saveRecords(
  table: Table,
  records: readonly CxRecord[],
  seen?: ReadonlyMap<RecordId, CxRecord>,
): Promise<RecordId[]> {
  const left: RecordId[] = [];
  await inParallel(records, writesInFlight, async (record) => {
    const known = seen?.get(record.id);
    const condition = seen ? unchangedSince(known) : notNewerThan(record);
    if (!(await wasMade(table.put(itemOf(record, known), condition)))) left.push(record.id);
  });
  return left;
}

const notNewerThan = ({ modifiedAt }: CxRecord): Condition => ({
  expression: 'attribute_not_exists(pk) OR (attribute_not_exists(#departed) AND modifiedAt <= :modifiedAt)',
  names: { '#departed': departed },
  values: { ':modifiedAt': modifiedAt },
});

const unchangedSince = (seen: CxRecord | undefined): Condition =>
  seen
    ? {
        expression: 'attribute_not_exists(#departed) AND revision = :seen',
        names: { '#departed': departed },
        values: { ':seen': revisions.get(seen) ?? 0 },
      }
    : { expression: 'attribute_not_exists(pk)' };

/** Times a record is read again that another process saved in between. */
const updateAttempts = 5;

/** Changes records by what they are, each only if it is still what was read. @throws StoreConflictError when it never was. */
export async function updateRecords(
  table: Table,
  kind: RecordKind,
  ids: readonly RecordId[],
  change: (record: CxRecord) => CxRecord | null,
): Promise<void> {
  let left = [...ids];
  for (let attempt = 1; left.length > 0; attempt++) {
    const overtaken: RecordId[] = [];
    const known = [...(await readRecords(table, kind, left)).values()];
    await inParallel(known, writesInFlight, async (record) => {
      const changed = change(record);
      if (changed === null) return;
      const made = await wasMade(table.put(itemOf(changed, record), unchangedSince(record)));
      if (!made) overtaken.push(record.id);
    });
    left = overtaken;
    if (left.length > 0 && attempt === updateAttempts)
      throw new StoreConflictError('Records were saved by others each time.', 'Nothing to do: it is tried again.');
  }
}

/** One that replaces whatever is stored begins at a revision nobody has seen. */
const itemOf = (record: CxRecord, seen?: CxRecord) => ({
  ...recordKey(record.kind, record.id),
  modifiedAt: record.modifiedAt,
  revision: (seen ? (revisions.get(seen) ?? 0) : Math.floor(Math.random() * 2 ** 40)) + 1,
  data: JSON.stringify(record),
});

/** Ids of the records kept of a kind within a range, ascending. The whole items are read, and paid for, in DynamoDB. */
export async function recordIds(table: Table, kind: RecordKind, ids: IdRange): Promise<RecordId[]> {
  const range = sortRangeOf(ids);
  if (!range) return [];
  const found: string[] = [];
  await inParallel(recordsPartitions(kind), partitionsInFlight, async (pk) => {
    for await (const sk of table.sortKeys(pk, range, departed)) found.push(sk);
  });
  return found.sort().map(idFrom);
}

/** How many records of a kind are kept. Reads them all: for reports and reconciliation, not for the hot path. */
export async function countRecords(table: Table, kind: RecordKind): Promise<number> {
  const counts: number[] = [];
  await inParallel(recordsPartitions(kind), partitionsInFlight, async (pk) => {
    counts.push(await table.count(pk, departed));
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

import type { CxRecord, RecordId, RecordKind } from '#domain/records/record.ts';
import type { IdRange } from '#pipeline/ports.ts';
import { idFrom, recordKey, recordsPartitions, sortRangeOf } from './keys.ts';
import { inParallel, type Table, wasMade } from './table.ts';

const writesInFlight = 16;
const partitionsInFlight = 4;

/** Marks what is left of a record that departed, beside its `why`. */
export const departed = 'departed';

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
      const record = JSON.parse(item['data'] as string) as CxRecord;
      return [[record.id, record]];
    }),
  );
}

/**
 * Saves each record unless a newer one is stored: that one came through another door meanwhile, and wins. So does a
 * departure: what is gone comes back by being readmitted, not by a late row.
 */
export async function saveRecords(table: Table, records: readonly CxRecord[]): Promise<void> {
  await inParallel(records, writesInFlight, async (record) => {
    const item = { ...recordKey(record.kind, record.id), modifiedAt: record.modifiedAt, data: JSON.stringify(record) };
    await wasMade(
      table.put(item, {
        expression: 'attribute_not_exists(pk) OR (attribute_not_exists(#departed) AND modifiedAt <= :modifiedAt)',
        names: { '#departed': departed },
        values: { ':modifiedAt': record.modifiedAt },
      }),
    );
  });
}

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

import type { CxRecord, RecordId, RecordKind } from '#domain/records/record.ts';
import { StoreConflictError } from '#platform/errors.ts';
import { recordKey, recordsPartition, shards } from './keys.ts';
import { inParallel, type Table } from './table.ts';

const writesInFlight = 16;
const countsInFlight = 4;

/** Canonical items of the records named; unknown ids are absent. */
export async function readRecords(
  table: Table,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, CxRecord>> {
  const items = await table.getMany([...new Set(ids)].map((id) => recordKey(kind, id)));
  return new Map(
    items.map((item) => {
      const record = JSON.parse(item['data'] as string) as CxRecord;
      return [record.id, record];
    }),
  );
}

/** Saves each record unless a newer one is stored: that one came through another door meanwhile, and wins. */
export async function saveRecords(table: Table, records: readonly CxRecord[]): Promise<void> {
  await inParallel(records, writesInFlight, async (record) => {
    const item = { ...recordKey(record.kind, record.id), modifiedAt: record.modifiedAt, data: JSON.stringify(record) };
    await table
      .put(item, {
        expression: 'attribute_not_exists(pk) OR modifiedAt <= :modifiedAt',
        values: { ':modifiedAt': record.modifiedAt },
      })
      .catch((error: unknown) => {
        if (!(error instanceof StoreConflictError)) throw error;
      });
  });
}

/** How many records of a kind are stored. Reads them all: for reports and reconciliation, not for the hot path. */
export async function countRecords(table: Table, kind: RecordKind): Promise<number> {
  const counts: number[] = [];
  await inParallel(
    Array.from({ length: shards }, (_, shard) => shard),
    countsInFlight,
    async (shard) => {
      counts.push(await table.count(recordsPartition(kind, shard)));
    },
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

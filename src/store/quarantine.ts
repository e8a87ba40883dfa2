import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { QuarantinedRecord } from '#pipeline/ports.ts';
import { quarantineKey, quarantinePartition, quarantinePrefix } from './keys.ts';
import type { Item, Table } from './table.ts';

const keyOf = ({ kind, id }: QuarantinedRecord) => quarantineKey(kind, id);
const rowOf = (item: Item) => JSON.parse(item['data'] as string) as QuarantinedRecord;

/** Keeps which records could not be read: the latest reason, and since when. */
export async function quarantine(table: Table, rows: readonly QuarantinedRecord[]): Promise<void> {
  const kept = new Map((await table.getMany(rows.map(keyOf))).map((item) => [item.sk, rowOf(item)]));
  for (const row of rows) {
    const { sk } = keyOf(row);
    kept.set(sk, { ...row, since: Math.min(row.since, kept.get(sk)?.since ?? row.since) });
  }
  await table.putMany([...kept.values()].map((row) => ({ ...keyOf(row), data: JSON.stringify(row) })));
}

/** What is in quarantine, of one kind or of all, kind by kind in the order of ids. */
export async function* quarantined(table: Table, kind?: RecordKind): AsyncGenerator<QuarantinedRecord> {
  const range = kind && { prefix: quarantinePrefix(kind) };
  for await (const item of table.query(quarantinePartition, range)) yield rowOf(item);
}

export const releaseFromQuarantine = (table: Table, kind: RecordKind, ids: readonly RecordId[]): Promise<void> =>
  table.deleteMany(ids.map((id) => quarantineKey(kind, id)));

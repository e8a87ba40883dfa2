import type { RecordId } from '#domain/records/record.ts';
import type { Mark } from '#pipeline/ports.ts';
import { wasMade } from './conditions.ts';
import { idFrom, notedKey, notedPartition } from './keys.ts';
import { inParallel, type Table } from './table.ts';

const dropsInFlight = 16;

/** Puts ids on a list; each carries a version of its own, so that one put again meanwhile survives being taken off. */
export async function noteIds(table: Table, list: string, ids: readonly RecordId[]): Promise<Mark<RecordId>[]> {
  const marks = [...new Set(ids)].map((target) => ({ target, version: crypto.randomUUID() }));
  await table.putMany(marks.map(({ target, version }) => ({ ...notedKey(list, target), version })));
  return marks;
}

/** The first ids of a list, ascending. */
export async function notedIds(table: Table, list: string, limit: number): Promise<Mark<RecordId>[]> {
  const items = await table.first(notedPartition(list), limit);
  return items.map((item) => ({ target: idFrom(item.sk), version: item['version'] as string }));
}

export const countNoted = (table: Table, list: string): Promise<number> => table.count(notedPartition(list));

export const dropIds = (table: Table, list: string, marks: readonly Mark<RecordId>[]): Promise<void> =>
  inParallel(marks, dropsInFlight, async ({ target, version }) => {
    const unchanged = { expression: 'version = :version', values: { ':version': version } };
    await wasMade(table.delete(notedKey(list, target), unchanged));
  });

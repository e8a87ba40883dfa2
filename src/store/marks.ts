import type { Attribution } from '#domain/metrics/attribution.ts';
import type { CustomerKey, CustomerKind, DayBucket, Mark } from '#pipeline/ports.ts';
import { customerMarkKey, customerMarksPartition, dayMarkKey, dayMarksPartition, type Key } from './keys.ts';
import { collect, inParallel, type Table, wasMade } from './table.ts';

const clearsInFlight = 16;

/** Each mark carries a version of its own, so that a mark put again meanwhile survives the clearing of the older one. */
const marked = (key: Key) => ({ ...key, version: crypto.randomUUID() });

export const markDays = (table: Table, days: readonly DayBucket[]): Promise<void> =>
  table.putMany(days.map(dayMarkKey).map(marked));

export const markCustomers = (table: Table, keys: readonly CustomerKey[] | 'all'): Promise<void> =>
  table.putMany((keys === 'all' ? [customerMarkKey('all')] : keys.map(customerMarkKey)).map(marked));

export async function dirtyDays(table: Table): Promise<Mark<DayBucket>[]> {
  const items = await collect(table.query(dayMarksPartition));
  return items.map((item) => {
    const [attribution, day] = item.sk.split('#') as [Attribution, string];
    return { target: { attribution, day }, version: item['version'] as string };
  });
}

export async function dirtyCustomers(table: Table): Promise<Mark<CustomerKey | 'all'>[]> {
  const items = await collect(table.query(customerMarksPartition));
  return items.map((item) => {
    const [kind, id = ''] = item.sk.split('#') as [CustomerKind, string?];
    return { target: item.sk === '*' ? 'all' : { kind, id }, version: item['version'] as string };
  });
}

export const clearDay = (table: Table, mark: Mark<DayBucket>): Promise<void> =>
  clear(table, dayMarkKey(mark.target), mark.version);

export const clearCustomers = (table: Table, marks: readonly Mark<CustomerKey | 'all'>[]): Promise<void> =>
  inParallel(marks, clearsInFlight, (mark) => clear(table, customerMarkKey(mark.target), mark.version));

async function clear(table: Table, key: Key, version: string): Promise<void> {
  await wasMade(table.delete(key, { expression: 'version = :version', values: { ':version': version } }));
}

import type { Attribution } from '#domain/metrics/attribution.ts';
import type { Instant } from '#domain/records/record.ts';
import type { CustomerKey, CustomerKind, CustomerMark, DayBucket, Mark } from '#pipeline/ports.ts';
import { wasMade } from './conditions.ts';
import { customerMarkKey, customerMarksPartition, dayMarkKey, dayMarksPartition, type Key } from './keys.ts';
import { collect, type Table } from './table.ts';

/** Each mark carries a version of its own, so that a mark put again meanwhile survives the clearing of the older one. */
const marked = (key: Key) => ({ ...key, version: crypto.randomUUID() });

export const markDays = (table: Table, days: readonly DayBucket[]): Promise<void> =>
  table.putMany(days.map(dayMarkKey).map(marked));

/** Every mark on a customer is an item of its own, so that one put meanwhile survives, and the first one's date with it. */
export async function markCustomers(
  table: Table,
  keys: readonly (CustomerKey & { readonly since?: Instant })[] | 'all',
): Promise<void> {
  if (keys === 'all') return table.putMany([customerMarkKey('all', crypto.randomUUID())]);
  const earliest = new Map<string, { readonly key: CustomerKey; readonly since: Instant | undefined }>();
  for (const { kind, id, since } of keys) {
    const known = earliest.get(`${kind}#${id}`)?.since;
    const first = known === undefined || since === undefined ? (known ?? since) : Math.min(known, since);
    earliest.set(`${kind}#${id}`, { key: { kind, id }, since: first });
  }
  await table.putMany(
    [...earliest.values()].map(({ key, since }) => ({
      ...customerMarkKey(key, crypto.randomUUID()),
      ...(since !== undefined && { since }),
    })),
  );
}

export async function dirtyDays(table: Table): Promise<Mark<DayBucket>[]> {
  const items = await collect(table.query(dayMarksPartition));
  return items.map((item) => {
    const [attribution, day] = item.sk.split('#') as [Attribution, string];
    return { target: { attribution, day }, version: item['version'] as string };
  });
}

export async function dirtyCustomers(table: Table): Promise<CustomerMark[]> {
  const items = await collect(table.query(customerMarksPartition));
  return items.map((item) => {
    const [kind, id = '', version = ''] = item.sk.split('#') as [CustomerKind | '*', string, string?];
    const since = item['since'] as Instant | undefined;
    if (kind === '*') return { target: 'all', version: id };
    return { target: { kind, id }, version, ...(since !== undefined && { since }) };
  });
}

export const clearDay = (table: Table, mark: Mark<DayBucket>): Promise<void> =>
  clear(table, dayMarkKey(mark.target), mark.version);

export const clearCustomers = (table: Table, marks: readonly CustomerMark[]): Promise<void> =>
  table.deleteMany(marks.map(({ target, version }) => customerMarkKey(target, version)));

async function clear(table: Table, key: Key, version: string): Promise<void> {
  await wasMade(table.delete(key, { expression: 'version = :version', values: { ':version': version } }));
}

import type { CustomerKey } from '#pipeline/ports.ts';
import {
  customerMarkPrefix,
  customerMarksPartition,
  customerPrefix,
  customerShard,
  outboxKey,
  quarantineKey,
  receiptKey,
  receiptRunKey,
  receiptRunsPartition,
  refusalKey,
} from './keys.ts';
import { collect, inParallel, type Table } from './table.ts';

const customersInFlight = 4;

/** Removes all that is kept of customers but their records and the days' facts. Can be cut off at any point and done again. */
export const forgetCustomers = (table: Table, keys: readonly CustomerKey[]): Promise<void> =>
  inParallel(keys, customersInFlight, (key) => forget(table, key));

async function forget(table: Table, key: CustomerKey): Promise<void> {
  const pk = customerShard(key);
  const beside = await collect(table.sortKeys(pk, { prefix: customerPrefix(key.id) }));
  const runs = await collect(table.sortKeys(receiptRunsPartition(key)));
  const marks = await collect(table.sortKeys(customerMarksPartition, { prefix: customerMarkPrefix(key) }));
  await table.deleteMany([
    ...marks.map((sk) => ({ pk: customerMarksPartition, sk })),
    outboxKey(key),
    refusalKey(key),
    quarantineKey(key.kind, key.id),
    ...beside.map((sk) => ({ pk, sk })),
    ...runs.map((run) => receiptKey(run, key)),
  ]);
  // Last: they are how the receipts are found.
  await table.deleteMany(runs.map((run) => receiptRunKey(run, key)));
}

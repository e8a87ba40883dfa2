import type { CustomerKey, CustomerKind, PendingWrite, Receipt, RefusedWrite } from '#pipeline/ports.ts';
import { wasMade } from './conditions.ts';
import {
  outboxKey,
  outboxPartition,
  receiptKey,
  receiptRunKey,
  receiptsPartition,
  refusalKey,
  refusalsPartition,
} from './keys.ts';
import { type Item, inParallel, type Table } from './table.ts';

const deletesInFlight = 16;

const read = <T>(item: Item): T => JSON.parse(item['data'] as string) as T;

async function* readAll<T>(items: AsyncIterable<Item>): AsyncGenerator<T> {
  for await (const item of items) yield read<T>(item);
}

/** At most one write waits per record: the latest wish replaces the one before. */
export const queueWrites = (table: Table, writes: readonly PendingWrite[]): Promise<void> =>
  table.putMany(
    writes.map(({ version: _, ...write }) => ({
      ...outboxKey(write),
      version: crypto.randomUUID(),
      data: JSON.stringify(write),
    })),
  );

type Wish = CustomerKey & Pick<PendingWrite, 'version'>;

export async function unqueueWrites(table: Table, wishes: readonly Wish[]): Promise<CustomerKey[]> {
  await table.deleteMany(wishes.filter(({ version }) => version === undefined).map(outboxKey));
  const sent = wishes.filter(({ version }) => version !== undefined);
  const missing: CustomerKey[] = [];
  await inParallel(sent, deletesInFlight, async (wish) => {
    const unchanged = { expression: 'version = :version', values: { ':version': wish.version } };
    if (await wasMade(table.delete(outboxKey(wish), unchanged))) return;
    if ((await table.get(outboxKey(wish))) === null) missing.push({ kind: wish.kind, id: wish.id });
  });
  return missing;
}

export async function* pendingWrites(table: Table, kind: CustomerKind): AsyncGenerator<PendingWrite> {
  for await (const item of table.query(outboxPartition(kind)))
    yield { ...read<PendingWrite>(item), version: item['version'] as string };
}

/** Notes the run beside each customer first, so that a customer's receipts are found without asking every run there was. */
export async function saveReceipts(table: Table, run: string, receipts: readonly Receipt[]): Promise<void> {
  await table.putMany(receipts.map((receipt) => receiptRunKey(run, receipt)));
  await table.putMany(receipts.map((receipt) => ({ ...receiptKey(run, receipt), data: JSON.stringify(receipt) })));
}

export const receiptsOf = (table: Table, run: string): AsyncGenerator<Receipt> =>
  readAll(table.query(receiptsPartition(run)));

export const saveRefusals = (table: Table, refusals: readonly RefusedWrite[]): Promise<void> =>
  table.putMany(refusals.map((refusal) => ({ ...refusalKey(refusal), data: JSON.stringify(refusal) })));

export const clearRefusals = (table: Table, keys: readonly CustomerKey[]): Promise<void> =>
  table.deleteMany(keys.map(refusalKey));

export const refusalsOf = (table: Table): AsyncGenerator<RefusedWrite> => readAll(table.query(refusalsPartition));

import { bindAccount, type Connector } from './connector.ts';
import type { CustomerKind, Receipt, WriteOutcome } from './ports.ts';
import { holdWritten, writeRunsState } from './write-back.ts';
import { holdWriting } from './writing-hold.ts';

export interface UndoReport {
  /** The run that was undone; null when there was none. */
  readonly run: string | null;
  readonly restored: number;
  readonly refused: readonly WriteOutcome[];
}

const batchSize = 100;

/**
 * Puts back what our properties held before the last run of writes, and holds further writes back until a person lets them
 * go on. Undoing again goes one run further back.
 */
export async function undoWrites(connector: Connector): Promise<UndoReport> {
  const { store } = connector;
  await bindAccount(connector);
  const runs = (await store.readState<string[]>(writeRunsState)) ?? [];
  const run = runs.at(-1);
  if (run === undefined) return { run: null, restored: 0, refused: [] };
  await holdWriting(store);

  const outcomes: WriteOutcome[] = [];
  let batch: Receipt[] = [];
  for await (const receipt of store.receipts(run)) {
    if (batch.length === batchSize || (batch[0] && batch[0].kind !== receipt.kind)) {
      outcomes.push(...(await restore(connector, batch)));
      batch = [];
    }
    batch.push(receipt);
  }
  outcomes.push(...(await restore(connector, batch)));
  await store.saveState(writeRunsState, runs.slice(0, -1));

  const refused = outcomes.filter(({ status }) => status === 'refused');
  return { run, restored: outcomes.length - refused.length, refused };
}

async function restore(connector: Connector, receipts: readonly Receipt[]): Promise<readonly WriteOutcome[]> {
  const kind: CustomerKind | undefined = receipts[0]?.kind;
  if (!kind) return [];
  const writes = receipts.map(({ id, before }) => ({ kind, id, properties: before, before: {} }));
  const outcomes = await connector.crm.write(
    kind,
    writes.map(({ id, properties }) => ({ id, properties })),
  );
  await holdWritten(connector, kind, writes, outcomes);
  await connector.store.unqueueWrites(receipts);
  return outcomes;
}

import type { RecordId } from '../domain/records/record.ts';
import { bindAccount, type Connector, type Deadline } from './connector.ts';
import { planWriteBack } from './plan-write-back.ts';
import type { CustomerKind, PendingWrite, Receipt, RefusedWrite, WriteOutcome } from './ports.ts';
import { customerKinds, provisionOutputs, sendWrites } from './send-writes.ts';
import { together } from './sync/together.ts';
import { hasPassed, judgeCanary } from './write-canary.ts';
import { isWritingHeld } from './writing-hold.ts';

/** HubSpot takes at most this many records in one batch update. */
const batchSize = 100;

export interface WriteReport {
  readonly done: boolean;
  /** Records that differ from what we want, this step. */
  readonly planned: number;
  readonly written: number;
  readonly refused: readonly RefusedWrite[];
  /** Properties created because the portal lacked them. */
  readonly provisioned: readonly string[];
  /** Names this step's receipts, for undo; null when nothing was sent. */
  readonly run: string | null;
  /** True when an undo holds writes back. */
  readonly held: boolean;
  /** Milliseconds from what happened in HubSpot to its score on the record, for each write that webhooks caused. */
  readonly latenciesMs: readonly number[];
}

/** The runs that can be undone, oldest first. */
export const writeRunsState = 'write runs';
/** More would outgrow a state document in the end: months of runs every few minutes. */
const runsKept = 1000;

/**
 * Sends what waits in the outbox: properties are created first, then a canary if this portal was never written to, then
 * the rest, at most 100 records a call. `plan` counts and sends nothing, and so does `write` after an undo, until the hold is
 * released. Receipts are saved before the write they belong to.
 * @throws HubSpotRefusedError when the canary is mostly refused: nothing else is sent then.
 */
export async function writeBack(
  connector: Connector,
  { mode, deadline = Number.POSITIVE_INFINITY }: Deadline & { readonly mode: 'write' | 'plan' },
): Promise<WriteReport> {
  const { clock } = connector;
  const report = nothingYet();
  const held = await isWritingHeld(connector.store);
  if (mode === 'plan' || held) return { ...report, planned: await countPending(connector), held };

  await bindAccount(connector);
  const run = new Date(clock.now()).toISOString();
  const begin = once(async () => {
    report.provisioned = await provisionOutputs(connector);
    await rememberRun(connector, run);
    report.run = run;
  });
  const writeAll = async (kind: CustomerKind): Promise<void> => {
    for await (const batch of batches(connector, kind)) {
      if (clock.now() >= deadline) report.done = false;
      if (!report.done) return;
      await begin();
      report.planned += batch.length;
      const sent = await send(connector, run, kind, batch);
      report.provisioned = [...report.provisioned, ...sent.provisioned];
      report.written += sent.written;
      report.refused.push(...sent.refused);
      report.latenciesMs.push(...sent.latenciesMs);
      await judgeCanary(connector.store, kind, sent);
      // Whose wish was taken back while it was being sent is scored again: the record may hold what nobody wants now.
      await connector.store.markCustomers(await connector.store.unqueueWrites(batch));
      connector.onProgress?.({ step: `write ${kind}`, done: report.planned, total: null });
    }
  };
  /** Where one kind fails, the other stops too. */
  const writeKind = (kind: CustomerKind): Promise<void> =>
    writeAll(kind).catch((error: unknown) => {
      report.done = false;
      throw error;
    });
  for (const kinds of await turnsOf(connector)) if (report.done) await together(kinds.map(writeKind));
  return report;
}

/** Side by side once both canaries lived; until then in turn: the one of companies keeps contacts from being written. */
async function turnsOf({ store }: Connector): Promise<readonly (readonly CustomerKind[])[]> {
  const passed = await Promise.all(customerKinds.map((kind) => hasPassed(store, kind)));
  return passed.every((each) => each) ? [customerKinds] : customerKinds.map((kind) => [kind]);
}

/** Work that everybody waits for and one does. */
function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}

/** Writes again as long as wishes come in meanwhile: whoever queues one while this runs need not call. */
export async function writeUntilQuiet(
  connector: Connector,
  options: Parameters<typeof writeBack>[1],
): Promise<WriteReport> {
  let total = await writeBack(connector, options);
  for (let last = total; options.mode === 'write' && last.done && last.written > 0; ) {
    if ((await countPending(connector)) === 0) break;
    last = await writeBack(connector, options);
    total = {
      ...total,
      done: last.done,
      planned: total.planned + last.planned,
      written: total.written + last.written,
      refused: [...total.refused, ...last.refused],
      latenciesMs: [...total.latenciesMs, ...last.latenciesMs],
    };
  }
  return total;
}

const nothingYet = () => ({
  done: true,
  planned: 0,
  written: 0,
  refused: [] as RefusedWrite[],
  provisioned: [] as readonly string[],
  run: null as string | null,
  held: false,
  latenciesMs: [] as number[],
});

async function countPending({ store }: Connector): Promise<number> {
  let count = 0;
  for (const kind of customerKinds) for await (const _ of store.pendingWrites(kind)) count++;
  return count;
}

/** Cuts the outbox into batches; the first ever is as small as the canary. */
async function* batches({ store, config }: Connector, kind: CustomerKind): AsyncGenerator<PendingWrite[]> {
  const canary = (await hasPassed(store, kind)) ? 0 : config.write.canary;
  let size = canary || batchSize;
  let batch: PendingWrite[] = [];
  for await (const pending of store.pendingWrites(kind)) {
    batch.push(pending);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = batchSize;
  }
  if (batch.length > 0) yield batch;
}

async function rememberRun({ store }: Connector, run: string): Promise<void> {
  const runs = (await store.readState<string[]>(writeRunsState)) ?? [];
  if (!runs.includes(run)) await store.saveState(writeRunsState, [...runs, run].slice(-runsKept));
}

/** What became of one batch; records that held what we want already are in neither. */
interface Sent {
  readonly written: number;
  readonly refused: readonly RefusedWrite[];
  readonly latenciesMs: readonly number[];
  readonly provisioned: readonly string[];
}

/** Plans each waiting write against what the record holds now, sends what differs, and keeps account of the outcome. */
async function send(
  connector: Connector,
  run: string,
  kind: CustomerKind,
  batch: readonly PendingWrite[],
): Promise<Sent> {
  const { store, crm, clock } = connector;
  const records = await store.readRecords(
    kind,
    batch.map(({ id }) => id),
  );
  const writes = batch.flatMap(({ id, wanted }) => {
    // Departed since it was scored.
    if (!records.has(id)) return [];
    const held = records.get(id)?.outputs ?? {};
    const decision = planWriteBack(held, wanted, crm.sameOutput);
    if (!('write' in decision)) return [];
    const before = Object.fromEntries(Object.keys(decision.write).map((property) => [property, held[property] ?? '']));
    return [{ kind, id, properties: decision.write, before }];
  });

  await store.saveReceipts(run, writes);
  const { outcomes, provisioned } = await sendWrites(connector, kind, writes);
  const refused = refusalsOf(kind, outcomes, clock.now());

  await holdWritten(connector, kind, writes, outcomes);
  await store.saveRefusals(refused);
  await store.clearRefusals(outcomes.filter(({ status }) => status === 'written').map(({ id }) => ({ kind, id })));
  await forgetDeparted(connector, kind, writes);
  const now = clock.now();
  const done = new Set(outcomes.flatMap(({ id, status }) => (status === 'written' ? [id] : [])));
  const latenciesMs = batch.flatMap(({ id, since }) => (since !== undefined && done.has(id) ? [now - since] : []));
  return { written: outcomes.length - refused.length, refused, latenciesMs, provisioned };
}

/** Whoever departed while the write was under way leaves neither receipt nor refusal behind. */
async function forgetDeparted({ store }: Connector, kind: CustomerKind, writes: readonly Receipt[]): Promise<void> {
  const departed = await store.departures(
    kind,
    writes.map(({ id }) => id),
  );
  await store.forgetCustomers([...departed.keys()].map((id) => ({ kind, id })));
}

const refusalsOf = (kind: CustomerKind, outcomes: readonly WriteOutcome[], at: number): RefusedWrite[] =>
  outcomes.flatMap((outcome) => {
    if (outcome.status === 'written') return [];
    const { id, code, because, remedy } = outcome;
    return [{ kind, id, code, because, remedy, at }];
  });

/** Remembers what the records hold now, so that our own writes are recognised when they come back as changes. */
export async function holdWritten(
  { store }: Connector,
  kind: CustomerKind,
  receipts: readonly Receipt[],
  outcomes: readonly WriteOutcome[],
): Promise<void> {
  const outcomeOf = new Map<RecordId, WriteOutcome>(outcomes.map((outcome) => [outcome.id, outcome]));
  const written = new Map(receipts.map((receipt) => [receipt.id, receipt.properties]));
  await store.updateRecords(kind, [...written.keys()], (record) => {
    const outcome = outcomeOf.get(record.id);
    if (outcome?.status !== 'written') return null;
    const outputs = Object.entries({ ...record.outputs, ...written.get(record.id) }).filter(
      ([, value]) => value !== '',
    );
    return { ...record, outputs: Object.fromEntries(outputs), writtenAt: outcome.modifiedAt };
  });
}

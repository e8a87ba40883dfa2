import type { Instant, RecordId } from '../domain/records/record.ts';
import { type Norms, normsOf } from '../domain/scores/norms.ts';
import type { CustomerScore } from '../domain/scores/score.ts';
import { type Deadline, type OfflineConnector, portalZone } from './connector.ts';
import { allCustomers, type Customers, customersAround } from './customers.ts';
import { outputValues, type Wording } from './output-values.ts';
import { planWriteBack, type WriteDecision } from './plan-write-back.ts';
import type { CustomerKey, CustomerKind, CustomerMark, PendingWrite, StoredScore } from './ports.ts';
import { saysNothing, scoreOne, scoringOrder } from './score-one.ts';

export interface ScoreReport {
  readonly done: boolean;
  /** Customers scored in this step. */
  readonly scored: number;
  /** Writes put in the outbox. */
  readonly queued: number;
  /** Customers left alone, by reason. */
  readonly kept: Readonly<Record<string, number>>;
}

/** What is typical in the portal, from the last time everybody was scored. */
export const normsState = 'norms';
const everybodyScored = 'everybody scored';
const batchSize = 500;

/**
 * Scores the customers that changed, or everybody once a day has passed, and queues a write for each whose record does
 * not hold what we want. Marks are cleared last: a crash means scoring again, never a lost score.
 */
export async function scoreCustomers(
  connector: OfflineConnector,
  { asOf = connector.clock.now(), deadline = Number.POSITIVE_INFINITY }: Deadline & { readonly asOf?: Instant } = {},
): Promise<ScoreReport> {
  const { store, clock, config, onProgress } = connector;
  const zone = await portalZone(store);
  const today = zone.dayOf(asOf);
  // A new day moves every window, another language rewrites every text.
  const occasion = `${today} ${config.language}`;
  const wording = { language: config.language, timeZone: zone.name };
  const marks = await store.dirtyCustomers();
  const kept: Record<string, number> = {};
  const everybody =
    marks.some(({ target }) => target === 'all') || (await store.readState<string>(everybodyScored)) !== occasion;
  const customers = everybody ? await allCustomers(store) : await customersAround(store, named(marks));
  const norms = everybody ? await freshNorms(connector, customers, asOf) : await store.readState<Norms>(normsState);
  if (!norms) return { done: true, scored: 0, queued: 0, kept };

  const since = firstOf(marks);
  const total = customers.company.size + customers.contact.size;
  const companies = new Map<RecordId, CustomerScore>();
  let scored = 0;
  let queued = 0;
  for (const kind of scoringOrder)
    for (const batch of inBatches([...customers[kind].values()])) {
      if (clock.now() >= deadline) return { done: false, scored, queued, kept };
      const fresh = batch.map((loaded) => scoreOne(loaded, { norms, asOf, today, companies }));
      if (kind === 'company') for (const { key, score } of fresh) companies.set(key.id, score);
      queued += await save(connector, { wording, since }, kind, fresh, kept);
      scored += batch.length;
      onProgress?.({ step: 'score customers', done: scored, total });
    }

  if (everybody) await store.saveState(everybodyScored, occasion);
  await store.clearCustomers(marks);
  return { done: true, scored, queued, kept };
}

/** Scores again as long as customers are marked meanwhile: whoever marks one while this runs need not call. */
export async function scoreUntilQuiet(connector: OfflineConnector, deadline: Deadline): Promise<ScoreReport> {
  const total = { scored: 0, queued: 0, kept: {} as Record<string, number> };
  for (;;) {
    const { done, scored, queued, kept } = await scoreCustomers(connector, deadline);
    total.scored += scored;
    total.queued += queued;
    for (const [because, count] of Object.entries(kept)) total.kept[because] = (total.kept[because] ?? 0) + count;
    if (!done || scored === 0 || (await connector.store.dirtyCustomers()).length === 0) return { done, ...total };
  }
}

const nameOf = ({ kind, id }: CustomerKey): string => `${kind} ${id}`;

/** When the first of what each customer was marked for happened, where webhooks told. */
function firstOf(marks: readonly CustomerMark[]): ReadonlyMap<string, Instant> {
  const first = new Map<string, Instant>();
  for (const { target, since } of marks) {
    if (target === 'all' || since === undefined) continue;
    first.set(nameOf(target), Math.min(since, first.get(nameOf(target)) ?? since));
  }
  return first;
}

const named = (marks: readonly CustomerMark[]): CustomerKey[] =>
  marks.flatMap(({ target }) => (target === 'all' ? [] : [target]));

async function freshNorms({ store }: OfflineConnector, customers: Customers, asOf: Instant): Promise<Norms> {
  const everybody = scoringOrder.flatMap((kind) => [...customers[kind].values()].map(({ customer }) => customer));
  const norms = normsOf(everybody, asOf);
  await store.saveState(normsState, norms);
  return norms;
}

function* inBatches<T>(list: readonly T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += batchSize) yield list.slice(at, at + batchSize);
}

async function save(
  { store, crm }: OfflineConnector,
  { wording, since }: { readonly wording: Wording; readonly since: ReadonlyMap<string, Instant> },
  kind: CustomerKind,
  scored: readonly StoredScore[],
  kept: Record<string, number>,
): Promise<number> {
  const records = await store.readRecords(
    kind,
    scored.map(({ key }) => key.id),
  );
  // Whoever departed while being scored leaves nothing behind.
  const fresh = scored.filter(({ key }) => records.has(key.id));
  const writes: PendingWrite[] = [];
  const settled: CustomerKey[] = [];
  for (const { key, score } of fresh) {
    const wanted = crm.describeOutputs(outputValues(score.outputs, wording));
    const held = records.get(key.id)?.outputs ?? {};
    const untouched = Object.keys(held).length === 0;
    const decision = saysNothing(score) && untouched ? silence : planWriteBack(held, wanted, crm.sameOutput);
    const happened = since.get(nameOf(key));
    if ('write' in decision) writes.push({ ...key, wanted, ...(happened !== undefined && { since: happened }) });
    else {
      settled.push(key);
      kept[decision.because] = (kept[decision.because] ?? 0) + 1;
    }
  }
  await store.saveScores(fresh);
  await store.queueWrites(writes);
  await store.unqueueWrites(settled);
  const departed = await store.departures(
    kind,
    fresh.map(({ key }) => key.id),
  );
  if (departed.size > 0) await store.forgetCustomers([...departed.keys()].map((id) => ({ kind, id })));
  return writes.length;
}

/** Told nothing, instead of "insufficient data". */
const silence: WriteDecision = { keep: true, because: 'nothing to say yet' };

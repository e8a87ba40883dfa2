import { bucketsDirtiedBy } from '../../domain/metrics/day-buckets.ts';
import type { CxRecord, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import { customersOf, isCustomerKind, placesOf } from '../places.ts';
import type { CustomerKey, DeadLetter, Departure, Store } from '../ports.ts';
import { inJournal, mark } from './commit-records.ts';
import type { Committer } from './committing.ts';
import { type Due, type Noting, noteDue } from './due.ts';
import type { Syncing } from './syncing.ts';

/** What the way out needs: it calls nobody. */
type Leaving = Committer & Noting;

/**
 * The one way out. Nothing of these records stays but an id: they leave every place, and what counted them is computed
 * again; records that named them are noted to be read again. Each part can be done twice, and tombstones come last: after
 * a crash the caller, who has not moved on, finds the same records departing and settles them again.
 */
export async function depart(syncing: Leaving, kind: RecordKind, departures: readonly Departure[]): Promise<void> {
  for (let from = 0; from < departures.length; from += batchSize)
    await departBatch(syncing, kind, departures.slice(from, from + batchSize));
}

/** What is noted about a batch must fit into one item, with all the records beside a hundred customers. */
const batchSize = 100;

async function departBatch(leaving: Leaving, kind: RecordKind, departures: readonly Departure[]) {
  const { store, zone } = leaving;
  const ids = departures.map(({ id }) => id);
  await noteDue(leaving, 'links', await linkingTo(store, kind, ids));
  await dropDeadLetters(store, kind, new Set(ids));
  let known: readonly CxRecord[] = [];
  const unfile = (): Promise<void> =>
    store.unfileFacts(known.flatMap((fact) => placesOf(fact, zone).map((place) => ({ place, fact }))));
  const forget = async (these: readonly RecordId[]): Promise<void> => {
    if (isCustomerKind(kind)) await store.forgetCustomers(these.map((id) => ({ kind, id })));
    await store.releaseFromQuarantine(kind, these);
  };
  const work = async (stillOurs: () => void): Promise<void> => {
    const stored = await store.readRecords(kind, ids);
    const isInDoubt = ({ id, why, at }: Departure) => why === 'archived' && (stored.get(id)?.linkedAt ?? 0) > at;
    const leaves = departures.filter((departure) => !isInDoubt(departure));
    // Read since it was missed, or only whom it is linked to: HubSpot is asked once more whether it came back.
    await noteDue(leaving, 'whole', { [kind]: departures.filter(isInDoubt).map(({ id }) => id) });
    known = leaves.flatMap(({ id }) => stored.get(id) ?? []);
    await unfile();
    await mark(store, {
      days: known.flatMap((record) => bucketsDirtiedBy(record, zone.dayOf)),
      customers: known.flatMap(customersOf),
    });
    await forget(leaves.map(({ id }) => id));
    stillOurs();
    await store.departRecords(leaves);
  };
  const mend = async (): Promise<void> => {
    const kept = await store.readRecords(kind, ids);
    known = known.filter(({ id }) => !kept.has(id));
    await unfile();
    await forget(known.map(({ id }) => id));
  };
  await inJournal(leaving, kind, ids, { work, mend });
}

/** What waits of them for somebody to look at it, and every unreadable body in which one of these ids stands. */
async function dropDeadLetters(store: Store, kind: RecordKind, ids: ReadonlySet<RecordId>): Promise<void> {
  const about: DeadLetter[] = [];
  for await (const letter of store.deadLetters()) {
    const named = 'raw' in letter.content ? (letter.content.raw.match(/\d+/g) ?? []) : [];
    const isTheirs = letter.kind === kind && letter.id !== null && ids.has(letter.id);
    if (isTheirs || named.some((id) => ids.has(id))) about.push(letter);
  }
  await store.dropDeadLetters(about);
}

/** Records HubSpot has in its recycle bin. */
export const archived = (kind: RecordKind, ids: readonly RecordId[], at: Instant): Departure[] =>
  ids.map((id) => ({ kind, id, at, why: 'archived' }));

/** Records that are nowhere any more, not even in the bin. */
export const erased = (kind: RecordKind, ids: readonly RecordId[], at: Instant): Departure[] =>
  ids.map((id) => ({ kind, id, at, why: 'erased' }));

/** Records that were merged into these. */
export const mergedInto = (survivors: readonly CxRecord[], at: Instant): Departure[] =>
  survivors.flatMap(({ kind, id: into, absorbed }) => absorbed.map((id) => ({ kind, id, at, why: 'merged', into })));

/** Takes records back that HubSpot restored: they are noted to be read whole, and so are the records linked to them. */
export async function readmit(syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<void> {
  const { crm, store } = syncing;
  if (ids.length === 0) return;
  await noteDue(syncing, 'links', Object.fromEntries(await crm.linkedTo(kind, ids)));
  await noteDue(syncing, 'whole', { [kind]: ids });
  await inJournal(syncing, kind, [], { work: () => store.readmitRecords(kind, ids) });
}

/**
 * The records that name departing ones: those filed beside customers, and answers about tickets as far as they are filed
 * beside the same customers; other answers show in time, and nobody names records of other kinds.
 */
async function linkingTo(store: Store, kind: RecordKind, ids: readonly RecordId[]): Promise<Due> {
  const byCustomerKind = Map.groupBy(await besides(store, kind, ids), (key) => key.kind);
  const filed = await Promise.all(
    [...byCustomerKind].map(([of, keys]) =>
      Array.fromAsync(
        store.customers(
          of,
          keys.map(({ id }) => id),
        ),
        ({ facts }) => facts,
      ),
    ),
  );
  const departing = new Set(ids);
  const linking = filed.flat(2).filter(({ links }) => links[kind]?.some((id) => departing.has(id)));
  return Object.fromEntries(
    [...Map.groupBy(linking, (fact) => fact.kind)].map(([other, facts]) => [other, facts.map(({ id }) => id)]),
  );
}

/** The customers beside whom is filed who names these records. */
async function besides(store: Store, kind: RecordKind, ids: readonly RecordId[]): Promise<CustomerKey[]> {
  if (isCustomerKind(kind)) return ids.map((id) => ({ kind, id }));
  return kind === 'ticket' ? [...(await store.readRecords(kind, ids)).values()].flatMap(customersOf) : [];
}

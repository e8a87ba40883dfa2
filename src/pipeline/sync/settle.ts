import { bucketsDirtiedBy } from '../../domain/metrics/day-buckets.ts';
import type { CxRecord, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import { customersOf, isCustomerKind, placesOf } from '../places.ts';
import type { DeadLetter, Departure, Store } from '../ports.ts';
import { inJournal, mark } from './commit-records.ts';
import type { Committer } from './committing.ts';
import { type Due, noteDue } from './due.ts';
import type { Syncing } from './syncing.ts';

/** What the way out needs: it calls nobody. */
type Leaving = Committer;

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
  await noteDue(store, await linkingTo(store, kind, ids));
  await inJournal(leaving, kind, ids, async () => {
    const known = [...(await store.readRecords(kind, ids)).values()];
    await store.unfileFacts(known.flatMap((fact) => placesOf(fact, zone).map((place) => ({ place, fact }))));
    await mark(store, {
      days: known.flatMap((record) => bucketsDirtiedBy(record, zone.dayOf)),
      customers: known.flatMap(customersOf),
    });
    if (isCustomerKind(kind)) await store.forgetCustomers(ids.map((id) => ({ kind, id })));
    await store.releaseFromQuarantine(kind, ids);
    await dropDeadLetters(store, kind, new Set(ids));
    await store.departRecords(departures);
  });
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
export async function readmit({ crm, store }: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<void> {
  if (ids.length === 0) return;
  await noteDue(store, { ...Object.fromEntries(await crm.linkedTo(kind, ids)), [kind]: ids });
  await store.readmitRecords(kind, ids);
}

/** The records filed beside departing customers. Other kinds have nobody beside them; who named them shows in time. */
async function linkingTo(store: Store, kind: RecordKind, ids: readonly RecordId[]): Promise<Due> {
  if (!isCustomerKind(kind)) return {};
  const linking = await Array.fromAsync(store.customers(kind, ids), ({ facts }) => facts);
  const byKind = Map.groupBy(linking.flat(), (fact) => fact.kind);
  return Object.fromEntries([...byKind].map(([other, facts]) => [other, facts.map(({ id }) => id)]));
}

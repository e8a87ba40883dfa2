import { bucketsDirtiedBy } from '../../domain/metrics/day-buckets.ts';
import type { CxRecord, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { customersOf, placesOf } from '../places.ts';
import type { CustomerKey, DayBucket, Store } from '../ports.ts';

const idOf = ({ id }: { readonly id: RecordId }): RecordId => id;

/** The batch being committed: its ids, so that a commit that was cut off can be finished. Empty between batches. */
const journal = (kind: RecordKind): string => `committing#${kind}`;

/**
 * Saves new versions of records of one kind, files them where they belong now, and marks what has to be computed again.
 * A crash at any point is harmless. A version is filed only once it is saved, and taken out of the places it leaves
 * before it is replaced: so whatever is filed belongs to a saved version, and `finishCommit` needs nothing but ids.
 * Marks come after what they are about: a reader who clears them has seen it.
 */
export async function commitRecords(
  store: Store,
  zone: Zone,
  kind: RecordKind,
  records: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
): Promise<void> {
  if (records.length === 0) return;
  const left = leftBehind(zone, records, stored);
  await inJournal(store, zone, kind, records.map(idOf), async () => {
    await store.unfileFacts(left.filings);
    // Marked here as well, since nothing tells afterwards what the version before was about.
    await mark(store, left);
    await store.saveRecords(records);
    await file(store, zone, records, left);
  });
}

/** Does work that takes records out of their places; after a crash, those still kept are filed again. */
export async function inJournal(
  store: Store,
  zone: Zone,
  kind: RecordKind,
  ids: readonly RecordId[],
  work: () => Promise<void>,
): Promise<void> {
  // Whatever was cut off in this kind comes first: its note would be written over.
  await finishCommit(store, zone, kind);
  await store.saveState(journal(kind), ids);
  await work();
  await store.saveState(journal(kind), []);
}

/** Finishes what a crash cut off in this kind, if there is anything. Only one process at a time may commit a kind. */
export async function finishCommit(store: Store, zone: Zone, kind: RecordKind): Promise<void> {
  const ids = (await store.readState<RecordId[]>(journal(kind))) ?? [];
  if (ids.length === 0) return;
  await file(store, zone, [...(await store.readRecords(kind, ids)).values()], { days: [], customers: [] });
  await store.saveState(journal(kind), []);
}

interface Affected {
  readonly days: readonly DayBucket[];
  readonly customers: readonly CustomerKey[];
}

async function file(store: Store, zone: Zone, records: readonly CxRecord[], left: Affected): Promise<void> {
  await store.fileFacts(records.flatMap((fact) => placesOf(fact, zone).map((place) => ({ place, fact }))));
  await mark(store, {
    days: [...left.days, ...records.flatMap((record) => bucketsDirtiedBy(record, zone.dayOf))],
    customers: [...left.customers, ...records.flatMap(customersOf)],
  });
}

/** Where the versions before were filed and what they counted for, as far as the new ones are not. */
function leftBehind(zone: Zone, records: readonly CxRecord[], stored: ReadonlyMap<RecordId, CxRecord>) {
  const changes = records.flatMap((record) => {
    const known = stored.get(record.id);
    return known ? [{ known, record }] : [];
  });
  const gone = <T>(of: (version: CxRecord) => readonly T[]): T[] =>
    changes.flatMap(({ known, record }) => without(of(known), of(record)));
  return {
    filings: changes.flatMap(({ known, record }) =>
      without(placesOf(known, zone), placesOf(record, zone)).map((place) => ({ place, fact: record })),
    ),
    days: gone((version) => bucketsDirtiedBy(version, zone.dayOf)),
    customers: gone(customersOf),
  };
}

function without<T>(all: readonly T[], these: readonly T[]): T[] {
  const names = new Set(these.map((each) => JSON.stringify(each)));
  return all.filter((each) => !names.has(JSON.stringify(each)));
}

/** Beyond this many, everybody is scored again: cheaper than as many marks, and never too few. */
const manyCustomers = 500;

export async function mark(store: Store, { days, customers }: Affected): Promise<void> {
  await store.markDays(days);
  await store.markCustomers(customers.length > manyCustomers ? 'all' : customers);
}

import { bucketsDirtiedBy } from '../../domain/metrics/day-buckets.ts';
import type { CxRecord, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import { customersOf, placesOf } from '../places.ts';
import type { CustomerKey, DayBucket, Store } from '../ports.ts';
import { type Commitment, type Committer, committing, finishCutOff, type Refile } from './committing.ts';
import { same } from './comparison.ts';

export const idOf = ({ id }: { readonly id: RecordId }): RecordId => id;

/** What is to be committed of one kind, and what was stored of it when that was decided. */
export interface Versions {
  /** To be saved, filed where they belong now, and counted again. */
  readonly filed: readonly CxRecord[];
  /** To be saved only: nothing that is filed or counted differs. */
  readonly kept?: readonly CxRecord[];
  readonly stored: ReadonlyMap<RecordId, CxRecord>;
}

/**
 * Saves new versions of records of one kind, files them where they belong now, and marks what has to be computed again.
 * A crash at any point is harmless. A version is filed only once it is saved, and taken out of the places it leaves
 * before it is replaced: so whatever is filed belongs to a saved version, and finishing needs nothing but ids.
 * Marks come after what they are about: a reader who clears them has seen it.
 *
 * Answers the ids that were stored differently by the time they were to be committed: those are left alone.
 */
export async function commitRecords(
  committer: Committer,
  kind: RecordKind,
  { filed, kept = [], stored }: Versions,
): Promise<ReadonlySet<RecordId>> {
  const overtaken = new Set<RecordId>();
  const all = [...filed, ...kept].map(idOf);
  if (all.length === 0) return overtaken;
  const { store, zone } = committer;
  let ours: readonly CxRecord[] = [];
  const work = async (stillOurs: () => void): Promise<void> => {
    const { records, departures } = await store.standings(kind, all);
    for (const id of all) if (departures.has(id) || !isAlike(records.get(id), stored.get(id))) overtaken.add(id);
    const stays = ({ id }: CxRecord): boolean => !overtaken.has(id);
    ours = filed.filter(stays);
    const left = leftBehind(committer, ours, stored);
    stillOurs();
    await store.unfileFacts(left.filings);
    // Marked here as well, since nothing tells afterwards what the version before was about.
    await mark(store, left);
    stillOurs();
    // Whoever writes back takes no turns: what it noted on a record since stands, and so do the places of that version.
    const theirs = await store.saveRecords([...ours, ...kept.filter(stays)], records);
    for (const id of theirs) overtaken.add(id);
    stillOurs();
    const standing = theirs.length > 0 ? [...(await store.readRecords(kind, theirs)).values()] : [];
    await file(committer, [...ours.filter(stays), ...standing], left);
  };
  const mend = async (): Promise<void> => {
    const now = await store.readRecords(kind, ours.map(idOf));
    const places = ours.flatMap((fact) => {
      const current = now.get(fact.id);
      return without(placesOf(fact, zone), current ? placesOf(current, zone) : []).map((place) => ({ place, fact }));
    });
    await store.unfileFacts(places);
    await file(committer, [...now.values()], { days: [], customers: [] });
  };
  await inJournal(committer, kind, filed.map(idOf), { work, mend });
  return overtaken;
}

/** An object that came from the store unchanged is the same by its text. */
const isAlike = (now: CxRecord | undefined, then: CxRecord | undefined): boolean =>
  now === undefined || then === undefined ? now === then : same(now, then);

/** Does work that takes records out of their places; after a crash, those still kept are filed again. */
export const inJournal = (
  committer: Committer,
  kind: RecordKind,
  ids: readonly RecordId[],
  commitment: Commitment,
): Promise<void> => committing(committer, kind, ids, commitment, refile);

/** Finishes what a crash cut off in this kind, if there is anything. */
export const finishCommit = (committer: Committer, kind: RecordKind): Promise<void> =>
  finishCutOff(committer, kind, refile);

const refile: Refile = async (committer, kind, ids) => {
  const { store } = committer;
  // Saved once more: whoever was cut off and goes on after all finds that it was.
  await store.updateRecords(kind, ids, (record) => record);
  const kept = await store.readRecords(kind, ids);
  await file(committer, [...kept.values()], { days: [], customers: [] });
};

interface Affected {
  readonly days: readonly DayBucket[];
  readonly customers: readonly (CustomerKey & { readonly since?: Instant })[];
}

async function file(committer: Committer, records: readonly CxRecord[], left: Affected): Promise<void> {
  const { store, zone } = committer;
  await store.fileFacts(records.flatMap((fact) => placesOf(fact, zone).map((place) => ({ place, fact }))));
  await mark(store, {
    days: [...left.days, ...records.flatMap((record) => bucketsDirtiedBy(record, zone.dayOf))],
    customers: [...left.customers, ...records.flatMap((record) => affected(committer, record.id, customersOf(record)))],
  });
}

/** Customers with when what concerns them happened, where that was told. */
function affected({ since }: Committer, id: RecordId, customers: readonly CustomerKey[]): Affected['customers'] {
  const at = since?.get(id);
  return at === undefined ? customers : customers.map((key) => ({ ...key, since: at }));
}

/** Where the versions before were filed and what they counted for, as far as the new ones are not. */
function leftBehind(committer: Committer, records: readonly CxRecord[], stored: ReadonlyMap<RecordId, CxRecord>) {
  const { zone } = committer;
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
    customers: changes.flatMap(({ known, record }) =>
      affected(committer, record.id, without(customersOf(known), customersOf(record))),
    ),
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
  const distinct = new Set(customers.map(({ kind, id }) => `${kind} ${id}`));
  // What webhooks tell is waited for: it is scored by itself, however much it is.
  const isMany = distinct.size > manyCustomers && customers.every(({ since }) => since === undefined);
  await store.markCustomers(isMany ? 'all' : customers);
}

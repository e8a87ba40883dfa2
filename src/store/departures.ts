import { type CxRecord, type RecordId, type RecordKind, recordKinds } from '#domain/records/record.ts';
import type { Departure, IdRange, Standings } from '#pipeline/ports.ts';
import { wasMade } from './conditions.ts';
import { archivedKey, archivedPartition, idFrom, type Key, recordKey, recordsPartitions, sortRangeOf } from './keys.ts';
import { departed, recordFrom } from './records.ts';
import { collect, type Item, inParallel, type Table } from './table.ts';

const writesInFlight = 16;

type Why = Departure['why'];

/** Which earlier departures each one replaces: from the bin a record goes on, a merge is final, what is erased stays so. */
const replaces: Readonly<Record<Why, readonly Why[]>> = {
  archived: ['archived'],
  merged: ['archived', 'merged'],
  erased: ['archived', 'merged'],
};

/**
 * Replaces each record by an item that holds its id, when, why and into what, in one write: nothing else of it stays.
 * What is archived is listed first and taken off the list last: after a crash the list names too much, never too little.
 * Two processes must not depart and readmit the same record at once.
 */
export async function departRecords(table: Table, departures: readonly Departure[]): Promise<void> {
  await table.putMany(departures.filter(({ why }) => why === 'archived').map(listed));
  const unlisted: Key[] = [];
  await inParallel(departures, writesInFlight, async (departure) => {
    const made = await wasMade(table.put(itemOf(departure), unless(departure.why)));
    if (!made || departure.why !== 'archived') unlisted.push(listed(departure));
  });
  await table.deleteMany(unlisted);
}

const listed = ({ kind, id }: Pick<Departure, 'kind' | 'id'>): Key => archivedKey(kind, id);

const itemOf = (departure: Departure): Item => ({
  ...recordKey(departure.kind, departure.id),
  [departed]: departure.why,
  at: departure.at,
  ...(departure.why === 'merged' && { into: departure.into }),
});

/** Holds for records that are kept or unknown, and for earlier departures that may be replaced. */
function unless(why: Why) {
  const earlier = Object.fromEntries(replaces[why].map((each) => [`:${each}`, each]));
  return {
    expression: `attribute_not_exists(#departed) OR #departed IN (${Object.keys(earlier).join(', ')})`,
    names: { '#departed': departed },
    values: earlier,
  };
}

/** What is kept of the ids named, from one look at their items. */
export async function standingsOf(table: Table, kind: RecordKind, ids: readonly RecordId[]): Promise<Standings> {
  const records = new Map<RecordId, CxRecord>();
  const departures = new Map<RecordId, Departure>();
  for (const item of await table.getMany(ids.map((id) => recordKey(kind, id)))) {
    if (departed in item) departures.set(idFrom(item.sk), departureFrom(kind, item));
    else records.set(idFrom(item.sk), recordFrom(item));
  }
  return { records, departures };
}

/** The departures of the ids named; ids that are kept or unknown are absent. */
export async function departuresOf(
  table: Table,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, Departure>> {
  return (await standingsOf(table, kind, ids)).departures;
}

const departureFrom = (kind: RecordKind, { sk, [departed]: why, at, into }: Item): Departure =>
  ({ kind, id: idFrom(sk), at, why, ...(into !== undefined && { into }) }) as Departure;

/** Every departure, kind by kind. All records are read for it, and paid for, in DynamoDB. */
export async function* allDepartures(table: Table): AsyncGenerator<Departure> {
  for (const kind of recordKinds)
    for (const pk of recordsPartitions(kind))
      for await (const item of table.query(pk, {}, departed)) yield departureFrom(kind, item);
}

/** Ids of the archived records within a range, ascending; the list may name too much, so each is looked up. */
export async function archivedIds(table: Table, kind: RecordKind, ids: IdRange): Promise<RecordId[]> {
  const range = sortRangeOf(ids);
  if (!range) return [];
  const named = (await collect(table.sortKeys(archivedPartition(kind), range))).map(idFrom);
  const departures = await departuresOf(table, kind, named);
  return named.filter((id) => departures.get(id)?.why === 'archived');
}

/** Forgets that records were archived, so that they can be saved again. */
export async function readmitRecords(table: Table, kind: RecordKind, ids: readonly RecordId[]): Promise<void> {
  const archived: Why = 'archived';
  const condition = {
    expression: '#departed = :archived',
    names: { '#departed': departed },
    values: { ':archived': archived },
  };
  await inParallel(ids, writesInFlight, async (id) => {
    await wasMade(table.delete(recordKey(kind, id), condition));
  });
  await table.deleteMany(ids.map((id) => archivedKey(kind, id)));
}

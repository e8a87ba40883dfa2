import type { Fact, RecordId } from '#domain/records/record.ts';
import type { CustomerKey, CustomerKind, DayBucket, FiledCustomer, Place, StoredScore } from '#pipeline/ports.ts';
import {
  customerPrefix,
  customerShard,
  customersPartition,
  dayPartition,
  daysPartition,
  factKey,
  idFrom,
  scoreKey,
  shards,
} from './keys.ts';
import { collect, type Item, type Table } from './table.ts';

type Filing<F = Fact> = { readonly place: Place; readonly fact: F };

/** Texts stay with the canonical record: filings hold what metrics and scores read. */
const compact = (fact: Fact): Fact =>
  ({
    kind: fact.kind,
    id: fact.id,
    fields: 'comment' in fact.fields ? { ...fact.fields, comment: null } : fact.fields,
    links: fact.links,
  }) as Fact;

/** Files facts in their places, and notes the days that now hold some. */
export async function fileFacts(table: Table, filings: readonly Filing[]): Promise<void> {
  const facts = filings.map(({ place, fact }) => ({ ...factKey(place, fact), data: JSON.stringify(compact(fact)) }));
  const days = filings.flatMap(({ place }) =>
    place.in === 'day' ? [{ pk: daysPartition(place.attribution), sk: place.day }] : [],
  );
  await table.putMany([...facts, ...days]);
}

/** Takes facts out of places they no longer belong to. */
export async function unfileFacts(table: Table, filings: readonly Filing<Pick<Fact, 'kind' | 'id'>>[]): Promise<void> {
  await table.deleteMany(filings.map(({ place, fact }) => factKey(place, fact)));
}

/** The facts of one day, in id order. */
export async function factsOfDay(table: Table, bucket: DayBucket): Promise<Fact[]> {
  const items = await collect(table.query(dayPartition(bucket)));
  return items.map((item) => JSON.parse(item['data'] as string) as Fact);
}

const readsInFlight = 16;

/** Customers with everything filed beside them: all of a kind shard by shard, or only those named, several at a time. */
export const customers = (
  table: Table,
  kind: CustomerKind,
  ids?: readonly RecordId[],
): AsyncGenerator<FiledCustomer> => (ids ? named(table, kind, [...new Set(ids)]) : everybody(table, kind));

async function* named(table: Table, kind: CustomerKind, ids: readonly RecordId[]): AsyncGenerator<FiledCustomer> {
  for (let from = 0; from < ids.length; from += readsInFlight) {
    const read = ids.slice(from, from + readsInFlight).map(async (id) => {
      const items = await collect(table.query(customerShard({ kind, id }), { prefix: customerPrefix(id) }));
      return items.length > 0 ? [customerOf(kind, id, items)] : [];
    });
    yield* (await Promise.all(read)).flat();
  }
}

async function* everybody(table: Table, kind: CustomerKind): AsyncGenerator<FiledCustomer> {
  for (let shard = 0; shard < shards; shard++) {
    let group: Item[] = [];
    let owner = '';
    for await (const item of table.query(customersPartition(kind, shard))) {
      const next = item.sk.slice(0, item.sk.indexOf('#'));
      if (next !== owner && group.length > 0) {
        yield customerOf(kind, idFrom(owner), group);
        group = [];
      }
      owner = next;
      group.push(item);
    }
    if (group.length > 0) yield customerOf(kind, idFrom(owner), group);
  }
}

function customerOf(kind: CustomerKind, id: RecordId, items: readonly Item[]): FiledCustomer {
  const key: CustomerKey = { kind, id };
  let self: FiledCustomer['self'] = null;
  let score: StoredScore | null = null;
  const facts: Fact[] = [];
  for (const item of items) {
    const data: unknown = JSON.parse(item['data'] as string);
    if (item.sk.endsWith('#score')) score = data as StoredScore;
    else if ((data as Fact).kind === kind && (data as Fact).id === id) self = data as FiledCustomer['self'];
    else facts.push(data as Fact);
  }
  return { key, self, facts, score };
}

/** Scores stand beside the facts they were computed from, so that one query reads both. */
export const saveScores = (table: Table, scores: readonly StoredScore[]): Promise<void> =>
  table.putMany(scores.map((stored) => ({ ...scoreKey(stored.key), data: JSON.stringify(stored) })));

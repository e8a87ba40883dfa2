import type { Attribution } from '#domain/metrics/attribution.ts';
import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { CustomerKey, CustomerKind, DayBucket, DeadLetter, IdRange, Place } from '#pipeline/ports.ts';

/** A primary key of the one table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** How keys are made; raised with every change that leaves older items unfound: their table is refused, not misread. */
export const layout = 2;

/** Records and customers are spread over this many partitions; changing it changes the layout. */
export const shards = 16;

const digits = 24;
/** Ids sort as integers once padded; HubSpot's are 9 to 19 digits today. */
const padded = (id: RecordId): string => id.padStart(digits, '0');
/** The id that was padded. */
export const idFrom = (paddedId: string): RecordId => paddedId.replace(/^0+(?=\d)/, '');

/** The sort keys of a range of ids, both ends included; null when no id can be in it. */
export function sortRangeOf({ after, upTo }: IdRange): { readonly from: string; readonly to: string } | null {
  const from = padded(after === null ? '0' : String(BigInt(after) + 1n));
  const to = padded(upTo ?? '9'.repeat(digits));
  return from <= to ? { from, to } : null;
}

// FNV-1a: spreads consecutive ids evenly, and needs no package.
const shardOf = (id: RecordId): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % shards;
};

/** A state document, by name. */
export const stateKey = (name: string): Key => ({ pk: 'state', sk: name });

/** What processes share of one allowance, by its name. */
export const leaseKey = (name: string): Key => ({ pk: 'leases', sk: name });

/** The canonical items of one kind in one shard. */
const recordsPartition = (kind: RecordKind, shard: number): string => `records#${kind}#${shard}`;
/** All partitions that hold records of one kind. */
export const recordsPartitions = (kind: RecordKind): string[] =>
  Array.from({ length: shards }, (_, shard) => recordsPartition(kind, shard));
/** The canonical item of one record, or what is left of it once it departed. */
export const recordKey = (kind: RecordKind, id: RecordId): Key => ({
  pk: recordsPartition(kind, shardOf(id)),
  sk: padded(id),
});

/** Which records of one kind are in the recycle bin, in order: ids only. */
export const archivedPartition = (kind: RecordKind): string => `archived#${kind}`;
export const archivedKey = (kind: RecordKind, id: RecordId): Key => ({ pk: archivedPartition(kind), sk: padded(id) });

/** Records that could not be read. */
export const quarantinePartition = 'quarantine';
export const quarantinePrefix = (kind: RecordKind): string => `${kind}#`;
export const quarantineKey = (kind: RecordKind, id: RecordId): Key => ({
  pk: quarantinePartition,
  sk: `${quarantinePrefix(kind)}${padded(id)}`,
});

/** Changes that could not be applied. */
export const deadLettersPartition = 'dead-letters';
export const deadLetterKey = ({ kind, id, fingerprint }: Pick<DeadLetter, 'kind' | 'id' | 'fingerprint'>): Key => ({
  pk: deadLettersPartition,
  sk: `${kind ?? '?'}#${padded(id ?? '?')}#${fingerprint}`,
});

/** Ids on a list. */
export const notedPartition = (list: string): string => `noted#${list}`;
export const notedKey = (list: string, id: RecordId): Key => ({ pk: notedPartition(list), sk: padded(id) });

/** All customers of one kind in one shard, with what is filed beside them. */
export const customersPartition = (kind: CustomerKind, shard: number): string => `customers#${kind}#${shard}`;
/** Everything filed beside one customer begins with this. */
export const customerPrefix = (id: RecordId): string => `${padded(id)}#`;
/** The score of one customer. */
export const scoreKey = ({ kind, id }: CustomerKey): Key => ({
  pk: customersPartition(kind, shardOf(id)),
  sk: `${customerPrefix(id)}score`,
});
/** Where one customer's own facts are. */
export const customerShard = ({ kind, id }: CustomerKey): string => customersPartition(kind, shardOf(id));

/** The facts of one day. */
export const dayPartition = ({ attribution, day }: DayBucket): string => `day#${attribution}#${day}`;
/** The contributions of all days of one attribution, in order of days. */
export const contributionsPartition = (attribution: Attribution): string => `contributions#${attribution}`;
/** What of a day's contributions does not fit into one item, by the saving it belongs to. */
export const contributionPartKey = ({ attribution, day }: DayBucket, version: string, part: number): Key => ({
  pk: `contribution-parts#${attribution}#${day}`,
  sk: `${version}#${String(part).padStart(4, '0')}`,
});
/** The days that hold facts, in order. */
export const daysPartition = (attribution: Attribution): string => `days#${attribution}`;

/** Where a fact is filed. */
export function factKey(place: Place, fact: { readonly kind: RecordKind; readonly id: RecordId }): Key {
  if (place.in === 'day') return { pk: dayPartition(place), sk: padded(fact.id) };
  return { pk: customerShard(place), sk: `${customerPrefix(place.id)}fact#${fact.kind}#${padded(fact.id)}` };
}

/** Marks on days: which contributions to compute again. */
export const dayMarksPartition = 'marks#day';
export const dayMarkKey = ({ attribution, day }: DayBucket): Key => ({
  pk: dayMarksPartition,
  sk: `${attribution}#${day}`,
});

/** Marks on customers: which scores to compute again. */
export const customerMarksPartition = 'marks#customer';
/** All marks on one customer, or those on everybody, begin with this. */
export const customerMarkPrefix = (target: CustomerKey | 'all'): string =>
  target === 'all' ? '*#' : `${target.kind}#${target.id}#`;
export const customerMarkKey = (target: CustomerKey | 'all', version: string): Key => ({
  pk: customerMarksPartition,
  sk: `${customerMarkPrefix(target)}${version}`,
});

/** Writes waiting to be sent. */
export const outboxPartition = (kind: CustomerKind): string => `outbox#${kind}`;
export const outboxKey = ({ kind, id }: CustomerKey): Key => ({ pk: outboxPartition(kind), sk: padded(id) });

/** What the writes of one run replaced. */
export const receiptsPartition = (run: string): string => `receipts#${run}`;
export const receiptKey = (run: string, { kind, id }: CustomerKey): Key => ({
  pk: receiptsPartition(run),
  sk: `${kind}#${padded(id)}`,
});
/** The runs that hold a receipt of one customer, or did. */
export const receiptRunsPartition = ({ kind, id }: CustomerKey): string => `receipt-runs#${kind}#${id}`;
export const receiptRunKey = (run: string, key: CustomerKey): Key => ({ pk: receiptRunsPartition(key), sk: run });

/** Writes HubSpot refused. */
export const refusalsPartition = 'refusals';
export const refusalKey = ({ kind, id }: CustomerKey): Key => ({ pk: refusalsPartition, sk: `${kind}#${padded(id)}` });

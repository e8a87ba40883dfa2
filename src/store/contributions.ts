import { gunzipSync, gzipSync } from 'node:zlib';
import type { Attribution } from '#domain/metrics/attribution.ts';
import type { Contributions, DayBucket, DayRange } from '#pipeline/ports.ts';
import { contributionPartKey, contributionsPartition, daysPartition, type Key } from './keys.ts';
import { collect, type Item, type Table } from './table.ts';

const UNDATED = 'undated';
/** Sorts behind every day and before `undated`. */
const LAST_DAY = '9999-12-31';

/** Compressed bytes an item may hold; DynamoDB takes 400 KB, keys and attribute names included. */
const partSize = 300_000;

/** A day's item: the first part of its contributions, and which saving the others belong to. */
interface Head extends Key {
  readonly version: string;
  readonly parts: number;
  readonly data: Uint8Array;
}

/** Keys of the parts beside the head; mostly none. */
const otherParts = (bucket: DayBucket, { version, parts }: Pick<Head, 'version' | 'parts'>): Key[] =>
  Array.from({ length: parts - 1 }, (_, index) => contributionPartKey(bucket, version, index + 1));

/**
 * A day's contributions, compressed; the rare huge day (all undated answers of a large survey) takes several items. Each
 * saving has parts of its own, and the day's item is replaced in one go: readers find the old value or the new one.
 */
export async function saveContributions(table: Table, bucket: DayBucket, value: Contributions): Promise<void> {
  const bytes = gzipSync(JSON.stringify(value));
  const part = (index: number): Buffer => bytes.subarray(index * partSize, (index + 1) * partSize);
  const saving = { version: crypto.randomUUID(), parts: Math.ceil(bytes.length / partSize) };
  await table.putMany(otherParts(bucket, saving).map((key, index) => ({ ...key, data: part(index + 1) })));
  const head = { pk: contributionsPartition(bucket.attribution), sk: bucket.day, ...saving, data: part(0) };
  const replaced = await table.replace(head);
  if (replaced) await table.deleteMany(otherParts(bucket, headOf(replaced)));
}

/** The contributions of every day in the range that holds some. */
export async function contributionsOf(
  table: Table,
  attribution: Attribution,
  days: DayRange,
): Promise<Contributions[]> {
  const all: Contributions[] = [];
  for (const item of await queryDays(table, contributionsPartition(attribution), days)) {
    const bytes = await wholeOf(table, attribution, headOf(item));
    all.push(JSON.parse(gunzipSync(bytes).toString()) as Contributions);
  }
  return all;
}

const headOf = (item: Item): Head => item as unknown as Head;

async function wholeOf(table: Table, attribution: Attribution, head: Head): Promise<Uint8Array> {
  if (head.parts === 1) return head.data;
  const keys = otherParts({ attribution, day: head.sk }, head);
  const others = await table.getMany(keys);
  if (others.length === keys.length) {
    return Buffer.concat([head.data, ...others.map((item) => item['data'] as Uint8Array)]);
  }
  // The day was saved again since its item was read, and the older parts are gone.
  const now = await table.get({ pk: head.pk, sk: head.sk });
  return wholeOf(table, attribution, headOf(now as Item));
}

/** The days in the range that hold, or once held, facts. */
export async function daysWithFacts(table: Table, attribution: Attribution, days: DayRange): Promise<string[]> {
  return (await queryDays(table, daysPartition(attribution), days)).map((item) => item.sk);
}

async function queryDays(table: Table, pk: string, { from, to, undated }: DayRange): Promise<Item[]> {
  const items = await collect(table.query(pk, { from: from ?? '0', to: to ?? LAST_DAY }));
  return undated ? [...items, ...(await collect(table.query(pk, { prefix: UNDATED })))] : items;
}

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Attribution } from '#domain/metrics/attribution.ts';
import type { Contributions, DayBucket, DayRange } from '#pipeline/ports.ts';
import { contributionsPartition, daysPartition } from './keys.ts';
import { collect, type SortRange, type Table } from './table.ts';

const UNDATED = 'undated';
/** Sorts behind every day and before `undated`. */
const LAST_DAY = '9999-12-31';
/** Sorts behind every part of a day. */
const afterParts = '$';

/** Compressed bytes an item may hold; DynamoDB takes 400 KB, keys and attribute names included. */
const partSize = 300_000;
/** Splits a day's parts: sorts behind the day itself and before the next. */
const partMark = '#';

/** A day's contributions, compressed; the rare huge day (all undated answers of a large survey) takes several items. */
export async function saveContributions(
  table: Table,
  { attribution, day }: DayBucket,
  value: Contributions,
): Promise<void> {
  const pk = contributionsPartition(attribution);
  const bytes = gzipSync(JSON.stringify(value));
  const parts = Math.ceil(bytes.length / partSize);
  for (let part = parts - 1; part >= 0; part--) {
    const data = bytes.subarray(part * partSize, (part + 1) * partSize);
    await table.put({ pk, sk: part === 0 ? day : `${day}${partMark}${String(part).padStart(4, '0')}`, parts, data });
  }
}

/** The contributions of every day in the range that holds some. */
export async function contributionsOf(
  table: Table,
  attribution: Attribution,
  days: DayRange,
): Promise<Contributions[]> {
  const items = await queryDays(table, contributionsPartition(attribution), days);
  const bytes = new Map<string, { parts: number; data: Uint8Array[] }>();
  for (const { sk, parts, data } of items) {
    const [day = '', part = '0'] = sk.split(partMark);
    const known = bytes.get(day) ?? { parts: parts as number, data: [] };
    // Parts beyond those of the latest saving are leftovers of a longer one.
    if (Number(part) < known.parts) known.data.push(data as Uint8Array);
    bytes.set(day, known);
  }
  return [...bytes.values()].map(({ data }) => JSON.parse(gunzipSync(Buffer.concat(data)).toString()) as Contributions);
}

/** The days in the range that hold, or once held, facts. */
export async function daysWithFacts(table: Table, attribution: Attribution, days: DayRange): Promise<string[]> {
  return (await queryDays(table, daysPartition(attribution), days)).map((item) => item.sk);
}

async function queryDays(table: Table, pk: string, { from, to, undated }: DayRange) {
  const range: SortRange = { from: from ?? '0', to: `${to ?? LAST_DAY}${afterParts}` };
  const items = await collect(table.query(pk, range));
  return undated ? [...items, ...(await collect(table.query(pk, { prefix: UNDATED })))] : items;
}

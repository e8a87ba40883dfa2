import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import type { Store } from '#pipeline/ports.ts';
import { dropIds, firstIds, noteIds } from '#pipeline/sync/noted-ids.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { numbered } from '#test/store/examples.ts';

let db: EmbeddedDynamoDb;
let store: Store;
let tables = 0;
beforeAll(async () => {
  db = await startDynamoDb();
});
beforeEach(async () => {
  const table = { tableName: `noted-ids-${++tables}`, endpoint: db.url };
  await createTable(table);
  store = dynamoStore(table);
});
afterAll(() => db.close());

/** Takes everything off the list, so many at a time. */
async function drained(size: number): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const { ids } = await firstIds(store, 'a list', size);
    if (ids.length === 0) return all;
    all.push(...ids);
    await dropIds(store, 'a list', ids.length);
  }
}

test('a list of any length is given back whole and in order, however it was noted', async () => {
  const ids = numbered(3210);
  await noteIds(store, 'a list', ids.slice(0, 700));
  await noteIds(store, 'a list', ids.slice(700, 701));
  await noteIds(store, 'a list', ids.slice(701));
  expect(await firstIds(store, 'a list', 50)).toEqual({ ids: ids.slice(0, 50), total: 3210 });
  await dropIds(store, 'a list', 1530);
  expect(await firstIds(store, 'a list', 50)).toEqual({ ids: ids.slice(1530, 1580), total: 1680 });
  expect(await drained(640)).toEqual(ids.slice(1530));
  expect(await firstIds(store, 'a list', 50)).toEqual({ ids: [], total: 0 });
});

test('a list that was read to its end begins anew', async () => {
  for (const ids of [['1', '2'], numbered(1000), numbered(1001), ['7']]) {
    await noteIds(store, 'a list', ids);
    expect(await drained(999)).toEqual(ids);
  }
});

test('an id noted again while it is being taken off stays noted', async () => {
  await noteIds(store, 'a list', ['1', '2', '2']);
  const { ids } = await firstIds(store, 'a list', 50);
  await noteIds(store, 'a list', ['2', '3']);
  await dropIds(store, 'a list', ids.length);
  expect(await drained(50)).toEqual(['2', '3']);
});

test('lists of other names are other lists', async () => {
  await noteIds(store, 'a list', ['1']);
  expect(await firstIds(store, 'another', 50)).toEqual({ ids: [], total: 0 });
});

test('noting and taking off by turns loses nothing', async () => {
  const ids = numbered(2600);
  const seen: string[] = [];
  for (let from = 0; from < ids.length; from += 650) {
    await noteIds(store, 'a list', ids.slice(from, from + 650));
    const { ids: first } = await firstIds(store, 'a list', 450);
    seen.push(...first);
    await dropIds(store, 'a list', first.length);
  }
  expect([...seen, ...(await drained(700))]).toEqual(ids);
});

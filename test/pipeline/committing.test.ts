import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RecordKind } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import { type Committer, committing, finishCutOff } from '#pipeline/sync/committing.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

let db: EmbeddedDynamoDb;
let clock: VirtualClock;
let told: string[];
let tables = 0;
let committerNamed: (holder?: string) => Committer;

beforeAll(async () => {
  db = await startDynamoDb();
});
beforeEach(async () => {
  const table = { tableName: `committing-${++tables}`, endpoint: db.url };
  await createTable(table);
  clock = virtualClock(1_000_000);
  told = [];
  const store = dynamoStore(table);
  committerNamed = (holder) => ({ store, clock, zone: zoneOf('UTC'), ...(holder !== undefined && { holder }) });
});
afterAll(() => db.close());

const refile = async (_: Committer, kind: RecordKind, ids: readonly string[]): Promise<void> => {
  told.push(`files ${kind} ${ids} anew`);
};

/** Commits one ticket as somebody, which takes so long. */
const commits = (who: string, id: string, ms = 0): Promise<void> =>
  committing(
    committerNamed(who),
    'ticket',
    [id],
    {
      work: async () => {
        told.push(`${who} begins`);
        await clock.sleep(ms);
        told.push(`${who} ends`);
      },
      mend: async () => void told.push(`${who} looks through what it did`),
    },
    refile,
  );

/** Begins to commit, and is never heard of again. */
const dies = (who: string, id: string): Promise<void> =>
  new Promise((begun) => {
    const work = () => new Promise<never>(() => begun());
    void committing(committerNamed(who), 'ticket', [id], { work }, refile);
  });

describe('committing', () => {
  test('is done by one at a time, whoever comes first', async () => {
    await Promise.all(['one', 'two', 'three'].map((who, index) => commits(who, String(index), 700)));
    for (let at = 0; at < told.length; at += 2) expect(told[at + 1]).toBe(told[at]?.replace('begins', 'ends'));
    expect(told).toHaveLength(6);
  });

  test('of another kind holds nobody up', async () => {
    await dies('one', '1');
    const before = clock.now();
    await committing(committerNamed('two'), 'deal', ['9'], { work: async () => {} }, refile);
    expect(clock.now() - before).toBeLessThan(1000);
  });

  test('that was cut off is finished by whoever comes next, once it has ended for certain', async () => {
    await dies('one', '501');
    const before = clock.now();
    await commits('two', '502');
    expect(told).toEqual(['files ticket 501 anew', 'two begins', 'two ends']);
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000);
    await commits('one', '503');
    expect(told.filter((line) => line.includes('anew'))).toHaveLength(1);
  });

  test('that was cut off is finished at once by the next run of the same name: one of them is alone', async () => {
    await dies('sole', '501');
    const before = clock.now();
    await finishCutOff(committerNamed('sole'), 'ticket', refile);
    expect(told).toEqual(['files ticket 501 anew']);
    expect(clock.now()).toBe(before);
    await finishCutOff(committerNamed('sole'), 'ticket', refile);
    expect(told).toHaveLength(1);
  });

  test('that fails leaves its records to be filed anew, and lets others in at once', async () => {
    const work = () => Promise.reject(new Error('No'));
    const failing = committing(committerNamed('one'), 'ticket', ['501'], { work }, refile);
    await expect(failing).rejects.toThrow('No');
    await commits('two', '502');
    expect(told).toEqual(['files ticket 501 anew', 'two begins', 'two ends']);
  });

  test('that took longer than anybody waits for is found out by the one it happened to', async () => {
    const slow = commits('slow', '501', 45_000);
    const quick = commits('quick', '502');
    await expect(slow).rejects.toMatchObject({ name: 'StoreConflictError', retryable: true });
    await quick;
    expect(told).toEqual([
      'slow begins',
      'files ticket 501 anew',
      'quick begins',
      'quick ends',
      'slow ends',
      'slow looks through what it did',
    ]);
  });

  test('is not gone on with once others might take over', async () => {
    const work = async (stillOurs: () => void): Promise<void> => {
      stillOurs();
      await clock.sleep(26_000);
      stillOurs();
      told.push('goes on');
    };
    const slow = committing(committerNamed('slow'), 'ticket', ['501'], { work }, refile);
    await expect(slow).rejects.toMatchObject({ name: 'StoreConflictError' });
    expect(told).toEqual([]);
  });
});

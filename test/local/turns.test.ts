import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { turnsOn } from '#local/turns.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import type { Deadline } from '#pipeline/connector.ts';
import type { LeaseBook } from '#pipeline/ports.ts';
import { soleRun } from '#pipeline/sole-run.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoLeaseBook } from '#store/leases.ts';

const minute = 60_000;

let db: EmbeddedDynamoDb;
let tables = 0;
let leases: LeaseBook;
let clock: VirtualClock;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  const table = { tableName: `turns-${++tables}`, endpoint: db.url };
  await createTable(table);
  leases = dynamoLeaseBook(table);
  clock = virtualClock(Date.parse('2026-03-10T10:00:00Z'));
});

const theirs = (ms: number) =>
  ({ leases, clock, work: 'records', holder: 'a function', until: clock.now() + ms }) as const;
const workingUntil = async ({ deadline = 0 }: Deadline): Promise<void> => clock.sleep(deadline - clock.now());

test('long work is done in turns of minutes, and the table is free once it is done', async () => {
  const turns = turnsOn('the table', { leases, clock });
  const ended: number[] = [];
  const report = await turns(async (deadline) => {
    await workingUntil(deadline);
    ended.push(clock.now());
    // Another process that looks meanwhile is told when the table will be free for certain.
    expect(await soleRun(theirs(minute), async () => 'ran')).toMatchObject({
      ran: false,
      busyUntil: clock.now() + minute,
    });
    return { done: ended.length === 3 };
  });
  expect(report.done).toBe(true);
  expect(ended.map((at, index) => at - (ended[index - 1] ?? at))).toEqual([0, 4 * minute, 4 * minute]);
  expect(await soleRun(theirs(minute), async () => 'ran')).toMatchObject({ ran: true });
});

test('work that has begun waits for whoever took the turn in between; work that has not begun says who is there', async () => {
  const turns = turnsOn('the table', { leases, clock });
  let ours = 0;
  const done = turns(async () => {
    ours += 1;
    if (ours === 1) {
      // As a function that began the moment our hold ended, and died: its hold lasts.
      await leases.swapLease('sole records', await leases.readLease('sole records'), {
        holder: 'a function',
        until: clock.now() + minute,
      });
    }
    return { done: ours === 2 };
  });
  await clock.sleep(1_000);
  const other = turnsOn('the table', { leases, clock });
  await expect(other(async () => ({ done: true }))).rejects.toThrow(/^Another process is at work on the table/);
  const began = clock.now();
  await done;
  expect(ours).toBe(2);
  expect(clock.now() - began).toBeLessThanOrEqual(minute + 2_000);
});

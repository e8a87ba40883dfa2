import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import type { LeaseBook } from '#pipeline/ports.ts';
import { type SoleRunOptions, soleRun } from '#pipeline/sole-run.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoLeaseBook } from '#store/leases.ts';

const start = Date.parse('2026-03-10T10:00:00Z');
const minute = 60_000;

let db: EmbeddedDynamoDb;
let tables = 0;
let leases: LeaseBook;
let clock: ReturnType<typeof virtualClock>;

beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  const table = { tableName: `table-${++tables}`, endpoint: db.url };
  await createTable(table);
  leases = dynamoLeaseBook(table);
  clock = virtualClock(start);
});

const by = (holder: string, differing: Partial<SoleRunOptions> = {}): SoleRunOptions => ({
  leases,
  clock,
  work: 'records',
  holder,
  until: clock.now() + 5 * minute,
  ...differing,
});
const answer = async () => 'done';

test('a run has its work to itself: who comes meanwhile learns when it ends at the latest, and does not run', async () => {
  const second: unknown[] = [];
  const first = await soleRun(by('first'), async () => {
    second.push(await soleRun(by('second'), async () => second.push('ran')));
    return 'done';
  });
  expect(first).toEqual({ ran: true, result: 'done' });
  expect(second).toEqual([{ ran: false, busyUntil: start + 5 * minute }]);
});

test('a run that ended, well or badly, leaves its work to the next one at once', async () => {
  await soleRun(by('first'), answer);
  const failing = soleRun(by('second'), () => Promise.reject(new Error('no more')));
  await expect(failing).rejects.toThrow('no more');
  expect(await soleRun(by('third'), answer)).toEqual({ ran: true, result: 'done' });
});

/** A run that has begun and goes on until it is told to end. */
async function under(options: SoleRunOptions) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let run: Promise<unknown> = Promise.resolve();
  await new Promise<void>((begun) => {
    run = soleRun(options, async () => {
      begun();
      await ended;
    });
  });
  return {
    end: async () => {
      end();
      await run;
    },
  };
}

test('a run that died holds its work until it would have ended, and no longer', async () => {
  await under(by('first'));
  clock.advanceTo(start + 5 * minute - 1);
  expect(await soleRun(by('second'), answer)).toEqual({ ran: false, busyUntil: start + 5 * minute });
  clock.advanceTo(start + 5 * minute);
  expect(await soleRun(by('third'), answer)).toEqual({ ran: true, result: 'done' });
});

test('a run that outlasts its time does not end the hold of the one that came after it', async () => {
  const late = await under(by('late'));
  clock.advanceTo(start + 6 * minute);
  const next = await under(by('next'));
  await late.end();
  expect(await soleRun(by('third'), answer)).toMatchObject({ ran: false });
  await next.end();
  expect(await soleRun(by('third'), answer)).toMatchObject({ ran: true });
});

test('of many who begin at once exactly one runs', async () => {
  const others = 7;
  let left = 0;
  let allLeft = (): void => {};
  const untilOthersLeft = new Promise<void>((resolve) => {
    allLeft = resolve;
  });
  const begin = async (index: number): Promise<boolean> => {
    const { ran } = await soleRun(by(`no. ${index}`), () => untilOthersLeft);
    if (!ran) left += 1;
    if (left === others) allLeft();
    return ran;
  };
  const ran = await Promise.all(Array.from({ length: others + 1 }, (_, index) => begin(index)));
  expect(ran.filter(Boolean)).toHaveLength(1);
});

test('one work holds up no other', async () => {
  const both = await soleRun(by('first'), () => soleRun(by('second', { work: 'writes' }), answer));
  expect(both).toMatchObject({ ran: true, result: { ran: true } });
});

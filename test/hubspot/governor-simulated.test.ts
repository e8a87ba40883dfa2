import { expect, onTestFinished, test } from 'vitest';
import { accountGovernor } from '#hubspot/account-governor.ts';
import type { Lane } from '#hubspot/lanes.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import { connected } from './connecting.ts';

const seconds = 12;

test('processes that share a table use what other apps leave of the searches, while tokens are rotated', async () => {
  const { portal } = demoPortal({ scale: 0.02 });
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const otherApps = { share: 0.2, seed: 7 };
  const simulator = await startSimulator({ portal, clock, otherApps, latencyMs: [150, 600] });
  const db = await startDynamoDb();
  onTestFinished(async () => {
    await simulator.close();
    await db.close();
  });
  const table = { tableName: 'leases', endpoint: db.url };
  await createTable(table);
  const leases = dynamoLeaseBook(table);
  const until = clock.now() + seconds * 1_000;
  let asked = 0;

  const search = async (lane: Lane, index: number): Promise<number> => {
    const { unit: random } = randomStream(1, lane, index);
    const crm = connected(simulator.url, {
      accessToken: async () => {
        asked += 1;
        return simulator.accessToken;
      },
      clock,
      random,
      governor: accountGovernor({ leases, clock, lane, random }),
    });
    let done = 0;
    for (; clock.now() < until; done += 1) await crm.count('contact');
    return done;
  };

  const working = (['backfill', 'backfill', 'backfill', 'poll', 'write-back', 'webhook'] as const).map(search);
  await clock.sleep((seconds / 2) * 1_000);
  simulator.rotateToken('pat-second');
  const done = (await Promise.all(working)).reduce((sum, each) => sum + each, 0);
  const left = 5 * seconds - simulator.otherCalls.search;
  expect(simulator.refusals429.own).toBe(0);
  expect(done / left).toBeGreaterThan(0.9);
  expect(simulator.statuses[401]).toBeGreaterThan(0);
  expect(asked).toBe(2 * working.length);
});

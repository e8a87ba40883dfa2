import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import type { Portal } from '#local/portals/portal.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { Clock } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { applyRecords } from '#pipeline/sync/apply-records.ts';
import { refile } from '#pipeline/sync/refile.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { inParallel } from '#store/table.ts';
import { record } from '#test/simulator/small-portal.ts';
import { numbered } from '#test/store/examples.ts';
import { type Chain, startChain, syncingOf } from './chain.ts';
import { copyTable } from './copy-table.ts';
import { fewCustomers } from './few-customers.ts';
import { type Death, Died, deathsAmong, mortal } from './mortal.ts';
import { wholeState } from './whole-state.ts';

const minute = 60_000;

const inZone = ({ definition, ...rest }: Portal, timeZone: string): Portal => ({
  ...rest,
  definition: { ...definition, account: { ...definition.account, timeZone } },
});

/** Tickets in the evening of UTC: the next morning in Hong Kong, the same afternoon in New York. */
const evenings = (portal: Portal): Portal => ({
  ...portal,
  records: {
    ...portal.records,
    tickets: JSON.parse(JSON.stringify(portal.records.tickets).replaceAll('T10:', 'T20:')),
  },
});

const few = inZone(evenings(fewCustomers()), 'Asia/Hong_Kong');
const asOf = Date.parse(few.definition.asOf);

let db: EmbeddedDynamoDb;
let known: string;
let tables = 0;
beforeAll(async () => {
  db = await startDynamoDb();
  const chain = await opened(few, null);
  await settled(chain);
  known = chain.table.tableName;
  await chain.close();
});
afterAll(() => db.close());

/** A chain over a copy of what is known. */
async function opened(portal: Portal, from: string | null, at = asOf): Promise<Chain> {
  const table = await copyTable(`refile-${++tables}`, db.url, from);
  return startChain(portal, { table, asOf, clock: virtualClock(at) });
}

/** Pulls and computes to the end. */
async function settled({ connector }: Pick<Chain, 'connector'>) {
  const pulled = await pullChanges(connector);
  await computeMetrics(connector, { asOf });
  return pulled;
}

/** What depends on the zone, and the records it comes from. */
async function heldBy(chain: Chain) {
  const { records, days, customers } = await wholeState(chain);
  return { records, days, customers };
}

const later = asOf + safetyLag + overlap;
/** What an administrator has chosen by then; and a ticket that moved to another day meanwhile. */
function moved(portal: Portal): Portal {
  const tickets = portal.records.tickets.map((ticket) =>
    ticket.id === '501'
      ? {
          ...ticket,
          properties: { ...ticket.properties, createdate: '2026-08-01T22:30:00.000Z' },
          updatedAt: new Date(asOf + minute).toISOString(),
        }
      : ticket,
  );
  return inZone({ ...portal, records: { ...portal.records, tickets } }, 'America/New_York');
}

/** As it is for somebody who never knew the portal in its former zone. */
async function fresh(portal: Portal) {
  const chain = await opened(portal, null, later);
  await settled(chain);
  const state = await heldBy(chain);
  await chain.close();
  return state;
}

test('a portal that changes its time zone is filed in days of the new one, as if it had always been there', async () => {
  const before = await opened(few, known);
  const [former] = (await heldBy(before)).days;
  await before.close();
  const chain = await opened(moved(few), known, later);
  const { refiled, done } = await settled(chain);
  expect([refiled > 5, done]).toEqual([true, true]);
  const state = await heldBy(chain);
  expect(state.days[0]?.filed).not.toEqual(former?.filed);
  expect(state).toEqual(await fresh(moved(few)));
  expect((await settled(chain)).refiled).toBe(0);
  await chain.close();
});

test('what was committed in the new zone before the days were looked through leaves its old places too', async () => {
  const portal = moved(few);
  const chain = await opened(portal, known, later);
  const { records } = await chain.connector.crm.recordsOf('ticket', ['501', '502']);
  await applyRecords(syncingOf(chain), records, { relink: true });
  await settled(chain);
  expect(await heldBy(chain)).toEqual(await fresh(portal));
  await chain.close();
});

test('a crash anywhere in between leaves no trace once a pull has ended', { timeout: 120_000 }, async () => {
  const expected = await fresh(moved(few));
  const dying = async (death: Death): Promise<readonly string[]> => {
    const chain = await opened(moved(few), known, later);
    const { connector, calls, buried } = mortal(chain.connector, death);
    await settled({ connector }).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
    await buried();
    if (calls.length >= death.at) {
      chain.clock.advanceTo(chain.clock.now() + overlap);
      await settled(chain);
    }
    expect(await heldBy(chain), JSON.stringify(death)).toEqual(expected);
    await chain.close();
    return calls;
  };
  const calls = await dying({ at: Number.POSITIVE_INFINITY, halfway: false });
  // Up to the first kind that is pulled.
  const deaths = deathsAmong(calls.slice(0, calls.indexOf('recordsAfter')));
  expect(deaths.length).toBeGreaterThan(6);
  await inParallel(deaths, 4, async (death) => {
    await dying(death);
  });
});

test('many days are looked through in as many pulls as it takes, and nothing else is pulled before', async () => {
  const tickets = numbered(28).map((day) =>
    record(day, { properties: { createdate: `2026-06-${day.padStart(2, '0')}T20:00:00.000Z` } }),
  );
  const many: Portal = { ...few, records: { ...few.records, tickets } };
  const chain = await opened(many, null);
  await settled(chain);
  const changed = await startChain(inZone(many, 'America/New_York'), { table: chain.table, asOf, clock: chain.clock });
  let looks = 0;
  const clock: Clock = { now: () => chain.clock.now() + ++looks * 1000, sleep: (ms) => chain.clock.sleep(ms) };
  const cut = await pullChanges({ ...changed.connector, clock }, { deadline: clock.now() + 20_000 });
  expect(cut).toMatchObject({ done: false, refiled: 10, kinds: {} });
  const { crm } = changed.connector;
  const calls = crm.calls().total;
  expect(await refile(syncingOf(changed))).toMatchObject({ done: true, days: 20 });
  expect(crm.calls().total).toBe(calls);
  expect((await settled(changed)).refiled).toBe(0);
  expect(await heldBy(changed)).toEqual(await fresh(inZone(many, 'America/New_York')));
  await chain.close();
  await changed.close();
});

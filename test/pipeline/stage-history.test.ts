import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CxRecord, TicketFields } from '#domain/records/record.ts';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import type { Pipeline, Portal, PortalRecord } from '#local/portals/portal.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { type PullReport, pullChanges } from '#pipeline/pull-changes.ts';
import { safetyLag } from '#pipeline/sync/syncing.ts';
import { inParallel } from '#store/table.ts';
import { record, smallPortal } from '#test/simulator/small-portal.ts';
import { numbered } from '#test/store/examples.ts';
import { type Chain, startChain } from './chain.ts';
import { copyTable } from './copy-table.ts';
import { type Death, Died, mortal } from './mortal.ts';
import { wholeState } from './whole-state.ts';

const day = 24 * 60 * 60_000;
const iso = (moment: string): string => `2026-${moment}:00.000Z`;
const at = (moment: string): number => Date.parse(iso(moment));
const [open, waiting, closed] = ['1', '2', '4'];

const stage = (id: string, ticketState: 'OPEN' | 'CLOSED') => ({ id, label: id, metadata: { ticketState } });
const support: Pipeline = {
  id: '0',
  label: 'Support',
  stages: [stage(open, 'OPEN'), stage(waiting, 'OPEN'), stage(closed, 'CLOSED')],
};

/** A ticket of the past by its steps, `stage@moment`, oldest first. */
function ticket(id: string, ...steps: readonly string[]): PortalRecord {
  const way = steps.map((step) => step.split('@') as [stage: string, moment: string]);
  const [stage, last] = way.at(-1) as [string, string];
  const reopened = way.findLast(([to], step) => to === open && way[step - 1]?.[0] === closed);
  return record(id, {
    properties: {
      hs_pipeline: '0',
      hs_pipeline_stage: stage,
      hs_is_closed: String(stage === closed),
      createdate: iso(way[0]?.[1] as string),
      closed_date: stage === closed ? iso(last) : null,
      hs_ticket_reopened_at: reopened ? iso(reopened[1]) : null,
    },
    propertiesWithHistory: {
      hs_pipeline_stage: way.map(([value, moment]) => ({ value, timestamp: iso(moment) })).reverse(),
    },
    associations: { contacts: ['101'] },
  });
}

const reopened = (id: string): PortalRecord =>
  ticket(id, '1@08-01T08:00', '4@08-02T08:00', '1@08-03T08:00', '4@08-04T08:00', '1@08-05T08:00', '4@08-06T08:00');
const closedOnce = (id: string): PortalRecord => ticket(id, '1@08-01T08:00', '4@08-02T08:00');

const portalOf = (tickets: readonly PortalRecord[], mappings: Portal['definition']['mappings'] = {}): Portal =>
  smallPortal(
    { contacts: [record('101', { properties: { lifecyclestage: 'customer' } })], tickets },
    {
      mappings,
      pipelines: { tickets: [support], deals: [] },
      properties: {
        tickets: [
          { name: 'our_reopened_at', label: 'Ours', type: 'datetime', fieldType: 'date' },
          { name: 'our_reopenings', label: 'Ours', type: 'number', fieldType: 'number' },
        ],
      },
    },
  );

const running: Chain[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});

async function started(...[tickets, mappings]: Parameters<typeof portalOf>): Promise<Chain> {
  const chain = await startChain(portalOf(tickets, mappings));
  running.push(chain);
  return chain;
}

const historyOf = async ({ connector }: Chain): Promise<PullReport['history']> =>
  (await pullChanges(connector)).history;

async function fieldsOf({ connector: { store } }: Chain, id: string): Promise<TicketFields> {
  const found = (await store.readRecords('ticket', [id])).get(id) as CxRecord<'ticket'>;
  return found.fields;
}

/** Moves a ticket to a stage, a minute later than it is, and waits until searches are believed to show it. */
function move({ simulator, clock }: Chain, id: string, stage: string): number {
  const moment = clock.now() + 60_000;
  simulator.portal.update('tickets', id, { hs_pipeline_stage: stage }, new Date(moment).toISOString());
  clock.advanceTo(moment + safetyLag);
  return moment;
}

describe('a ticket that was reopened', () => {
  test('knows its first close and every reopening; others are not asked for', async () => {
    const chain = await started([reopened('1'), closedOnce('2'), ticket('3', '1@08-01T08:00')]);
    expect(await historyOf(chain)).toEqual({ read: 1, calls: 1 });
    expect(await fieldsOf(chain, '1')).toMatchObject({
      firstClosedAt: at('08-02T08:00'),
      closedAt: at('08-06T08:00'),
      reopenedAt: at('08-05T08:00'),
      reopenCount: 2,
    });
    expect(await fieldsOf(chain, '2')).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 0 });
    expect(await fieldsOf(chain, '3')).toMatchObject({ firstClosedAt: null, reopenCount: 0 });
  });

  test('counts so where metrics and scores look', async () => {
    const chain = await started([reopened('1')]);
    await chain.run();
    const { store } = chain.connector;
    const [filed] = await store.factsOfDay({ attribution: 'ticket.closed', day: '2026-08-06' });
    const [customer] = await Array.fromAsync(store.customers('contact', ['101']));
    for (const fact of [filed, customer?.facts[0]])
      expect(fact?.fields).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 2 });
  });

  test('keeps its history when its row, which has none, is read again, and has it read once more', async () => {
    const chain = await started([reopened('1')]);
    await pullChanges(chain.connector);
    const before = await fieldsOf(chain, '1');
    chain.simulator.portal.update('tickets', '1', { subject: 'Again' }, new Date(chain.clock.now()).toISOString());
    chain.clock.advanceTo(chain.clock.now() + safetyLag);
    const { kinds, history } = await pullChanges(chain.connector);
    // It may have gone and come back between two rows.
    expect([kinds.ticket?.changed, history]).toEqual([1, { read: 1, calls: 1 }]);
    expect(await fieldsOf(chain, '1')).toEqual({ ...before, subject: 'Again' });
    const again = await pullChanges(chain.connector);
    expect([again.kinds.ticket?.changed, again.history.calls]).toEqual([0, 0]);
  });

  test('is asked for again whenever it is closed or reopened', async () => {
    const chain = await started([reopened('1')]);
    await pullChanges(chain.connector);
    const reopenedAt = move(chain, '1', open);
    expect(await historyOf(chain)).toEqual({ read: 1, calls: 1 });
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 3, reopenedAt });
    const closedAt = move(chain, '1', closed);
    expect(await historyOf(chain)).toEqual({ read: 1, calls: 1 });
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 3, closedAt });
  });

  test('that moves on while it is read, and back, has its history all the same', async () => {
    const chain = await started([closedOnce('1')]);
    await pullChanges(chain.connector);
    move(chain, '1', open);
    const { crm } = chain.connector;
    const stageHistory: typeof crm.stageHistory = (ids) => {
      move(chain, '1', waiting);
      return crm.stageHistory(ids);
    };
    await pullChanges({ ...chain.connector, crm: { ...crm, stageHistory } });
    expect(await fieldsOf(chain, '1')).toMatchObject({ stage: open, firstClosedAt: null });
    move(chain, '1', open);
    await pullChanges(chain.connector);
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 1 });
  });

  test('under our eyes is noticed without a property that dates it', async () => {
    const chain = await started([closedOnce('1')], { ticket: { reopenedAt: 'our_reopened_at' } });
    expect(await historyOf(chain)).toEqual({ read: 0, calls: 0 });
    const reopenedAt = move(chain, '1', open);
    expect(await historyOf(chain)).toEqual({ read: 1, calls: 1 });
    expect(await fieldsOf(chain, '1')).toMatchObject({
      firstClosedAt: at('08-02T08:00'),
      closedAt: null,
      reopenedAt,
      reopenCount: 1,
    });
  });

  test('keeps the count the company keeps', async () => {
    const { properties, ...rest } = reopened('1');
    const counted = { ...rest, properties: { ...properties, our_reopenings: '1' } };
    const chain = await started([counted], { ticket: { reopenCount: 'our_reopenings' } });
    await pullChanges(chain.connector);
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: at('08-02T08:00'), reopenCount: 1 });
  });

  test('that was imported is taken by what its row says', async () => {
    const chain = await started([{ ...reopened('1'), propertiesWithHistory: {} }]);
    expect(await historyOf(chain)).toEqual({ read: 1, calls: 1 });
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: null, reopenCount: 1 });
    expect(await historyOf(chain)).toEqual({ read: 0, calls: 0 });
  });

  test('reads differently, without a call, when a stage means something else', async () => {
    const chain = await started([reopened('1')]);
    await pullChanges(chain.connector);
    const now = new Date(chain.clock.now()).toISOString();
    const solved = { type: 'tickets', pipeline: '0', stage: open } as const;
    chain.simulator.portal.changeStage(solved, { isClosed: 'true', ticketState: 'CLOSED' }, now);
    chain.clock.advanceTo(chain.clock.now() + day / 24);
    expect(await historyOf(chain)).toEqual({ read: 0, calls: 0 });
    // By these meanings it was never open, so its reopening is only what the portal says.
    expect(await fieldsOf(chain, '1')).toMatchObject({ firstClosedAt: null, reopenCount: 1 });
  });
});

describe('the configuration', () => {
  test.for([
    ['reopened', 1],
    ['closed', 2],
    ['none', 0],
  ] as const)('`%s` asks for %i of a reopened, a closed and an open ticket', async ([history, read]) => {
    const tickets = [reopened('1'), closedOnce('2'), ticket('3', '1@08-01T08:00')];
    const chain = await started(tickets, { ticket: { history } });
    expect(await historyOf(chain)).toEqual({ read, calls: Math.min(read, 1) });
  });

  test('`closed` finds what the portal did not say', async () => {
    const { properties, ...rest } = reopened('1');
    const silent = { ...rest, properties: { ...properties, hs_ticket_reopened_at: null } };
    const chain = await started([silent], { ticket: { history: 'closed' } });
    await pullChanges(chain.connector);
    expect(await fieldsOf(chain, '1')).toMatchObject({
      firstClosedAt: at('08-02T08:00'),
      reopenedAt: at('08-05T08:00'),
      reopenCount: 2,
    });
  });
});

describe('many histories', () => {
  const many = numbered(60).map(reopened);
  /** Professional accounts have 625,000 calls a day. */
  const oneCallADay = { sync: { historyShareOfDay: 1 / 625_000 } };

  test('are read fifty a call', async () => {
    expect(await historyOf(await started(many))).toEqual({ read: 60, calls: 2 });
  });

  test('are spread over days by their share of the daily allowance', async () => {
    const chain = await started(many, oneCallADay);
    const perDay: number[] = [];
    for (let days = 0; days < 3; days++) {
      const { done, history } = await pullChanges(chain.connector);
      const same = await historyOf(chain);
      expect([done, same]).toEqual([true, { read: 0, calls: 0 }]);
      perDay.push(history.read);
      chain.clock.advanceTo(chain.clock.now() + day);
    }
    expect(perDay).toEqual([50, 10, 0]);
    expect(await fieldsOf(chain, '60')).toMatchObject({ reopenCount: 2 });
  });

  test('are read to the end by one pull after the other when time runs out, and say how far they are', async () => {
    const chain = await started(many);
    let late = false;
    const { crm, clock } = chain.connector;
    const steps: unknown[] = [];
    const hurried = {
      ...chain.connector,
      clock: { ...clock, now: () => clock.now() + (late ? 2 * day : 0) },
      crm: {
        ...crm,
        stageHistory: (ids: readonly string[]) => {
          late = true;
          return crm.stageHistory(ids);
        },
      },
      onProgress: (progress: { readonly step: string }) => steps.push(progress),
    };
    const cut = await pullChanges(hurried, { deadline: clock.now() + day });
    expect(cut).toMatchObject({ done: false, history: { read: 50, calls: 1 } });
    expect(steps.at(-1)).toEqual({ step: 'read ticket histories', done: 50, total: 60 });
    expect(await pullChanges(chain.connector)).toMatchObject({ done: true, history: { read: 10, calls: 1 } });
  });
});

describe('a crash', () => {
  const changes = new Set([
    'stageHistory',
    'noteIds',
    'dropIds',
    'swapLease',
    'saveRecords',
    'fileFacts',
    'markDays',
    'markCustomers',
  ]);
  let db: EmbeddedDynamoDb;
  let tables = 0;
  beforeAll(async () => {
    db = await startDynamoDb();
  });
  afterAll(() => db.close());

  const portal = portalOf([reopened('1'), closedOnce('2'), reopened('3')]);
  const asOf = Date.parse(portal.definition.asOf);

  async function stateAfter(death: Death) {
    const table = await copyTable(`stage-history-${++tables}`, db.url, null);
    const chain = await startChain(portal, { table, asOf, clock: virtualClock(asOf) });
    const { connector, calls, buried } = mortal(chain.connector, death);
    await pullChanges(connector).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
    await buried();
    await pullChanges(chain.connector);
    await computeMetrics(chain.connector, { asOf });
    const { records, days, customers } = await wholeState(chain);
    await chain.close();
    return { calls, state: { records, days, customers } };
  }

  test('while histories are noted or read loses none', { timeout: 120_000 }, async () => {
    const { calls, state } = await stateAfter({ at: Number.POSITIVE_INFINITY, halfway: false });
    expect(JSON.stringify(state.records)).toContain('"reopenCount":2');
    // Tickets are noted just before the first days are marked, and read at the end.
    const deaths = calls.flatMap((name, index): Death[] => {
      const isNoting = index < calls.indexOf('markDays') && index > calls.indexOf('markDays') - 12;
      const isReading = index >= calls.indexOf('stageHistory');
      return changes.has(name) && (isNoting || isReading) ? [{ at: index + 1, halfway: index % 2 === 1 }] : [];
    });
    expect(deaths.length).toBeGreaterThan(10);
    await inParallel(deaths, 4, async (death) => {
      expect((await stateAfter(death)).state, JSON.stringify(death)).toEqual(state);
    });
  });
});

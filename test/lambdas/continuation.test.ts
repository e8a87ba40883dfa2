import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordKinds } from '#domain/records/record.ts';
import { accountGovernor } from '#hubspot/account-governor.ts';
import { bundleFunction } from '#lib/bundle.ts';
import { soleRun } from '#pipeline/sole-run.ts';
import { systemClock as clock } from '#platform/system-clock.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import { wholeState } from '../pipeline/whole-state.ts';
import { deliveryOf } from './continuation-queue.ts';
import { type DeployedFunction, deploy } from './deployed-function.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

/** What a function keeps back of its time to save where it stands. */
const reserveMs = 30_000;
const names = ['pull-changes', 'reconcile'] as const;
type Name = (typeof names)[number];

let folder: string;
let files: Record<Name, string>;
let around: Surroundings;
let tables = 0;
let table: { readonly tableName: string; readonly endpoint: string };
let running: DeployedFunction[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'continuation-'));
  files = Object.fromEntries(
    names.map((name) => [name, bundleFunction(name, join(folder, name)).file]),
  ) as typeof files;
  around = await startSurroundings();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await around.close();
});
beforeEach(async () => {
  table = await around.table(`table-${++tables}`);
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.end()));
  running = [];
  around.queue.take();
});

async function start(name: Name): Promise<DeployedFunction> {
  const started = await deploy(files[name], name, around.environment(table.tableName));
  running.push(started);
  return started;
}

/** Everything the table holds but the versions of marks, which say nothing. */
async function contents() {
  const { marks, ...state } = await wholeState({
    connector: { store: dynamoStore(table) },
    simulator: around.hubSpot,
  } as Parameters<typeof wholeState>[0]);
  const marked = marks.flat().map(({ target }) => JSON.stringify(target));
  return { ...state, marked: marked.sort() };
}

/** The event with which a function is called by its own message. */
const continuing = (event: unknown, continuation: number): unknown =>
  deliveryOf({ body: JSON.stringify({ event, continuation }) });

/** Ends a function; answers what it sent to CloudWatch. */
async function metricsOf(ended: DeployedFunction) {
  running = running.filter((each) => each !== ended);
  return (await ended.end()).lines;
}

const callsSoFar = (): number => Object.values(around.hubSpot.calls).reduce((sum, calls) => sum + calls, 0);

/** Gives a function a little more time in each attempt, until it is cut in the midst of its work. */
async function cutShort(pullChanges: DeployedFunction, event: unknown): Promise<void> {
  for (let ms = 0; ms < 20_000; ms += 250) {
    const { report } = await pullChanges.invoke(event, reserveMs + ms);
    const seen = recordKinds.reduce((sum, kind) => sum + (report.kinds[kind]?.seen ?? 0), 0);
    if (report.done) throw new Error('It was never cut.');
    if (seen > 0) return;
    expect(around.queue.take(), 'a run that achieved nothing does not go on').toEqual([]);
  }
}

describe('a function whose time does not suffice', () => {
  test('goes on by its own message, and ends as if it had never been cut', async () => {
    const cut = await start('pull-changes');
    await cutShort(cut, {});
    expect(await dynamoStore(table).countRecords('answer'), 'it was cut before the end').toBe(0);
    const [message, ...others] = around.queue.take();
    expect(others).toEqual([]);
    expect(message).toEqual({ body: JSON.stringify({ event: {}, continuation: 1 }), delaySeconds: 0 });

    const next = await start('pull-changes');
    expect((await next.invoke(deliveryOf(message ?? { body: '' }))).report).toMatchObject({ done: true });
    expect(around.queue.take(), 'nothing is left to do').toEqual([]);
    const inPieces = await contents();

    table = await around.table(`table-${++tables}`);
    const uncut = await start('pull-changes');
    expect((await uncut.invoke({})).report).toMatchObject({ done: true, kinds: { answer: { seen: 12 } } });
    expect(inPieces).toEqual(await contents());
  });

  test.each([
    [11, [{ event: {}, continuation: 12 }], { RunsContinued: 1, RunsGivenUp: 0, RunsUnfinished: 1 }],
    [12, [], { RunsContinued: 0, RunsGivenUp: 1, RunsUnfinished: 1 }],
  ])('counts the runs of its chain: after %i comes %j, and the metrics say so', async (before, sent, metrics) => {
    const pullChanges = await start('pull-changes');
    await cutShort(pullChanges, continuing({}, before));
    expect(around.queue.take().map(({ body }) => JSON.parse(body))).toEqual(sent);
    expect(await metricsOf(pullChanges)).toContainEqual(expect.objectContaining(metrics));
  });
});

describe('a function that is sent away by HubSpot', () => {
  const another = () => accountGovernor({ leases: dynamoLeaseBook(table), clock, lane: 'poll' });

  test('comes again at the moment it was told, also where another function was told so', async () => {
    await another().limited('other', 120_000);
    const calls = callsSoFar();
    const pullChanges = await start('pull-changes');
    const { report } = await pullChanges.invoke({});
    expect(report).toMatchObject({ done: false, because: expect.stringContaining('HubSpot') });
    expect(callsSoFar(), 'it does not even ask').toBe(calls);
    const [message] = around.queue.take();
    expect(message?.delaySeconds).toBeGreaterThan(90);
    expect(message?.delaySeconds).toBeLessThanOrEqual(121);
    expect(await metricsOf(pullChanges)).toContainEqual(
      expect.objectContaining({ RunsContinued: 1, RunsUnfinished: 1, HubSpotCalls: 0 }),
    );
  });

  test('leaves it to the schedule where the day is used up, and fails with what to do', async () => {
    const governor = another();
    // Whose midnight is at least ten hours away.
    await governor.inZone(new Date().getUTCHours() < 12 ? 'UTC' : 'Pacific/Honolulu');
    await governor.dayIsOver('other');
    const pullChanges = await start('pull-changes');
    const { failure } = await pullChanges.invoke({});
    expect(failure).toMatchObject({ name: 'HubSpotBusyError', message: expect.stringContaining('daily allowance') });
    const { report } = await pullChanges.invoke(continuing({}, 1));
    expect(report, 'its message must not come again').toMatchObject({ done: false });
    expect(around.queue.take()).toEqual([]);
  });
});

describe('a function that finds another one at its work', () => {
  const meanwhile = <T>(run: () => Promise<T>) => {
    const until = clock.now() + 200_000;
    const leases = dynamoLeaseBook(table);
    return soleRun({ leases, clock, work: 'records', holder: 'another', until }, run);
  };

  test('ends at once and quietly, since the schedule brings the next one', async () => {
    const pullChanges = await start('pull-changes');
    const calls = callsSoFar();
    await meanwhile(async () => {
      expect(await pullChanges.invoke({})).toEqual({ report: { done: false, because: 'Another run is under way.' } });
    });
    expect(callsSoFar()).toBe(calls);
    expect(around.queue.take()).toEqual([]);
    expect((await pullChanges.invoke({})).report, 'and pulls when the other one has ended').toMatchObject({
      done: true,
    });
    expect(await metricsOf(pullChanges)).toContainEqual(expect.objectContaining({ RunsUnfinished: 0, RunsGivenUp: 0 }));
  });

  test('comes again when the other one has ended at the latest, where the schedule brings it only tomorrow', async () => {
    const reconcile = await start('reconcile');
    await meanwhile(async () => {
      expect((await reconcile.invoke({})).report).toMatchObject({ done: false });
    });
    const [message] = around.queue.take();
    expect(message?.body).toBe(JSON.stringify({ event: { full: false }, continuation: 1 }));
    expect(message?.delaySeconds).toBeGreaterThan(150);
    expect(message?.delaySeconds).toBeLessThanOrEqual(200);
  });
});

/** A message that is no continuation of ours is refused, and ends among the dead letters. */
test.each(['{"event":{},"continuation":-1}', '{"event":{"full":"perhaps"},"continuation":1}', 'not JSON'])(
  'refuses the message %s',
  async (body) => {
    const { failure } = await (await start('reconcile')).invoke(deliveryOf({ body }));
    expect(failure?.name).toBe('PayloadError');
  },
);

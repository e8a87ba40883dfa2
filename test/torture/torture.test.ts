import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '#bench/torture/kill/killed.ts';
import { awayFor, plainWebhooks } from '#bench/torture/plan/away.ts';
import type { Plan, Poll, Timed } from '#bench/torture/plan/plan.ts';
import { planOf } from '#bench/torture/plan/plan-of.ts';
import { type Outcome, play } from '#bench/torture/play/play.ts';
import { openTables, type Tables } from '#bench/torture/play/tables.ts';
import { playSeeds } from '#bench/torture/play-seeds.ts';
import { findingsOf, minimised } from '#bench/torture/story.ts';
import { totalOf } from '#bench/torture/verdict/floor.ts';
import { callsPerFloor, closingLine, isFaultless, mostCallsPerFloor, sumsOf } from '#bench/torture/verdict/verdict.ts';
import type { ReadChanges } from '#pipeline/changes/consume-deliveries.ts';
import type { Crm } from '#pipeline/ports.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await openTables();
});
afterAll(() => tables.close());

const nothing = 'lost 0, phantom 0, stale 0';

test('a hundred random portals with edits, faults and deaths end up in the mirror as they are', {
  timeout: 1_800_000,
}, async () => {
  const seeds = { from: 1, count: 100, jobs: availableParallelism(), reconciling: false, withPeers: false };
  const outcomes = (await playSeeds(seeds)).map(({ outcome }) => outcome);
  const failed = outcomes.filter((outcome) => !isFaultless(outcome));
  const sums = sumsOf(outcomes);
  expect(failed.flatMap((outcome) => [`seed ${outcome.seed}`, ...findingsOf(outcome)]).slice(0, 40)).toEqual([]);
  expect(closingLine(sums)).toContain(`seeds 100, ${nothing}`);
  for (const mode of ['frugal', 'fast'] as const) {
    expect(sums.backfills[mode].seeds).toBeGreaterThan(15);
    expect(callsPerFloor(sums.backfills[mode]), mode).toBeLessThanOrEqual(mostCallsPerFloor[mode]);
  }
  const happened = (what: string): number => outcomes.reduce((sum, each) => sum + (each.happened[what] ?? 0), 0);
  for (const what of ['told', 'read', 'departed', 'given up', 'duplicates'])
    expect(happened(`webhooks: ${what}`), what).toBeGreaterThan(50);
  expect(happened('crash of webhooks')).toBeGreaterThan(50);
});

test('an endpoint that is away for two days while people edit costs nothing but calls, and those within the bound', async () => {
  const outcomes: Outcome[] = [];
  for (const seed of [1, 2, 3, 4]) outcomes.push(await play(awayFor(48, planOf(seed)), tables));
  expect(outcomes.flatMap((outcome) => [...findingsOf(outcome)])).toEqual([]);
  for (const { happened } of outcomes) {
    expect(happened['webhooks: given up']).toBeGreaterThan(0);
    expect(happened['webhooks: delivered']).toBeGreaterThan(0);
  }
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + of(each), 0);
  const calls = { calls: sum(({ calls }) => calls), floor: sum(({ floor }) => totalOf(floor)) };
  expect(callsPerFloor(calls)).toBeLessThanOrEqual(mostCallsPerFloor.frugal);
}, 300_000);

test('pulls that are killed with SIGKILL lose nothing', { timeout: 900_000 }, async () => {
  const { line, good } = await killed(1);
  expect(line).toContain(nothing);
  expect(good, line).toBe(true);
});

test('a seed goes the same way every time', async () => {
  const plan = planOf(7);
  const [once, again] = [await play(plan, tables), await play(plan, tables)];
  expect(again.story).toEqual(once.story);
  expect(again.happened).toEqual(once.happened);
  expect(again.digest).toBe(once.digest);
  expect(planOf(8).deeds).not.toEqual(plan.deeds);
});

/** Windows that begin after the last moment read, without an overlap: what the index showed late is passed over. */
const withoutOverlap = (crm: Crm): Crm => ({
  ...crm,
  recordsAfter: (kind, after, modified) =>
    crm.recordsAfter(kind, after, modified && { from: modified.from + overlap + 1, to: modified.to }),
});

/** A plan in which one contact, among everything else, shows in the index when its window has passed. */
function withLateContact({ webhooks: _, ...plan }: Plan): Plan {
  const at = (plan.polls[1] as Poll).at - safetyLag - 15_000;
  const late: Timed = {
    at,
    do: 'create',
    type: 'contacts',
    id: '424242',
    properties: { lastname: 'Späth' },
    associations: {},
  };
  return {
    ...plan,
    deeds: [...plan.deeds, late].sort((a, b) => a.at - b.at),
    searchIndex: { seed: 1, lagMs: { usual: [60_000, 90_000] } },
  };
}

test('a window without its overlap is found out, and the story of it shrinks to a line or two', async () => {
  const plan = withLateContact(planOf(159));
  expect(isFaultless(await play(plan, tables))).toBe(true);
  const broken = { instead: withoutOverlap };
  expect((await play(plan, tables, broken)).lost.join()).toContain('contact 424242');
  const story = await minimised(plan, tables, broken, 40);
  expect(story).toMatch(/The least that still fails \(\d+ records, [123] deeds, 0 crashes, 0 kinds of faults,/);
  expect(story).toMatch(/is created.*lost: contact/s);
}, 300_000);

/** The later an event arrives, the newer it is taken to be. */
const inOrderOfArrival = (read: ReadChanges): ReadChanges => {
  let arrived = Date.parse('2026-10-01T00:00:00.000Z');
  return (body, portalId) => {
    const all = read(body, portalId);
    return { ...all, changes: all.changes.map((change) => ({ ...change, at: ++arrived })) };
  };
};

/** A plan in which one contact, among everything else, is edited eight times, and each event arrives twice. */
function withManyEdits(plan: Plan): Plan {
  const of = { type: 'contacts', id: '424242' } as const;
  const from = (plan.polls[1] as Poll).at;
  const edits = Array.from({ length: 8 }, (_, edit): Timed => {
    const properties = { lastname: `Später ${edit}` };
    return { at: from + (edit + 1) * 10_000, do: 'update', ...of, properties };
  });
  const created: Timed = { at: from, do: 'create', ...of, properties: { lastname: 'Spät' }, associations: {} };
  return {
    ...plan,
    deeds: [...plan.deeds, created, ...edits].sort((a, b) => a.at - b.at),
    webhooks: { ...plainWebhooks, duplicates: 1, holdUpMs: 600_000 },
  };
}

test('webhooks that are believed in the order they arrive are found out', async () => {
  const plan = withManyEdits(planOf(159));
  expect(isFaultless(await play(plan, tables))).toBe(true);
  const { stale } = await play(plan, tables, { insteadRead: inOrderOfArrival });
  expect(stale.join()).toContain('contact 424242: fields');
}, 60_000);

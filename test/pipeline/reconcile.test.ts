import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CxRecord, RecordKind } from '#domain/records/record.ts';
import { recordKinds } from '#domain/records/record.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { type ReconcileOptions, reconcile } from '#pipeline/reconcile.ts';
import { lastDrift } from '#pipeline/reconciling/drift.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { comparable, wholeState } from './whole-state.ts';

const minute = 60_000;
let chain: Chain;
beforeEach(async () => {
  chain = await startChain(fewCustomers());
  await chain.run();
  await settle();
});
afterEach(() => chain.close());

/** Time passes, so that everything so far is older than what windows read again, and the sync has seen it. */
async function settle(): Promise<void> {
  chain.clock.advanceTo(chain.clock.now() + 2 * overlap + safetyLag);
  await pullChanges(chain.connector);
}

const now = (): string => new Date(chain.clock.now()).toISOString();
const reconciled = (options: ReconcileOptions = {}) => reconcile(chain.connector, { seed: 1, ...options });
const stored = async (kind: RecordKind, id: string): Promise<CxRecord | undefined> =>
  (await chain.connector.store.readRecords(kind, [id])).get(id);

/** Changes what is stored behind the sync's back, as no version of HubSpot's ever was. */
async function spoil(kind: 'ticket' | 'contact', id: string): Promise<void> {
  const record = (await stored(kind, id)) as CxRecord<'ticket'>;
  await chain.connector.store.saveRecords([{ ...record, fields: { ...record.fields, subject: 'Not so' } }]);
}

const modes = [
  ['a sample', {}],
  ['everything', { full: true }],
] as const;

describe.for(modes)('reconciling %s', ([, mode]) => {
  test('finds nothing in a store that is in step, changes nothing, and says so with an upper bound', async () => {
    const before = await wholeState(chain);
    const { done, kinds, skipped } = await reconciled(mode);
    expect({ done, skipped }).toEqual({ done: true, skipped: {} });
    expect(Object.keys(kinds)).toEqual([...recordKinds]);
    for (const found of Object.values(kinds))
      expect(found).toMatchObject({ missing: 0, extra: 0, different: 0, repaired: 0, kept: found.counted });
    expect(kinds.ticket).toMatchObject({ checked: 4, share: 0 });
    if ('full' in mode) expect(kinds.ticket?.interval).toBeNull();
    else expect(kinds.ticket?.interval?.[1]).toBeCloseTo(0.4899, 4);
    expect(await wholeState(chain)).toEqual(before);
  });

  test('finds and repairs what is missing, left over, different in a field and different in a link alone', async () => {
    const { store } = chain.connector;
    const portal = chain.simulator.portal;
    const before = await wholeState(chain);
    await spoil('ticket', '501');
    await store.departRecords([{ kind: 'ticket', id: '503', at: 1, why: 'archived' }]);
    portal.archive('tickets', '502', now());
    portal.disassociate('tickets', '504', 'contacts', '101');

    expect((await reconciled(mode)).kinds.ticket).toMatchObject({
      kept: 3,
      counted: 3,
      missing: 1,
      extra: 1,
      different: 2,
      repaired: 4,
    });
    expect(comparable((await stored('ticket', '501')) as CxRecord)).toEqual(
      before.records.flat().find(({ id }) => id === '501'),
    );
    expect(await stored('ticket', '502')).toBeUndefined();
    expect((await store.departures('ticket', ['502'])).get('502')).toMatchObject({ why: 'archived' });
    expect(await stored('ticket', '503')).toMatchObject({
      fields: { subject: 'Ticket 503' },
      links: { contact: ['104'] },
    });
    expect((await stored('ticket', '504'))?.links).toEqual({ company: ['21'] });
    expect((await reconciled({ ...mode, seed: 2 })).kinds.ticket).toMatchObject({ missing: 0, extra: 0, different: 0 });
  });

  test('is not fooled by what the next window reads anyway', async () => {
    chain.clock.advanceTo(chain.clock.now() + minute);
    chain.simulator.portal.update('tickets', '501', { subject: 'Just now' }, now());
    chain.simulator.portal.create(
      'tickets',
      { id: '777', properties: { subject: 'New', hs_pipeline: '0', hs_pipeline_stage: '1' } },
      now(),
    );
    const { kinds } = await reconciled(mode);
    expect(kinds.ticket).toMatchObject({ checked: 3, missing: 0, different: 0, kept: 4, counted: 5 });
    expect(await stored('ticket', '501')).toMatchObject({ fields: { subject: 'Ticket 501' } });
    await settle();
    expect((await reconciled({ ...mode, seed: 2 })).kinds.ticket).toMatchObject({
      checked: 5,
      missing: 0,
      different: 0,
    });
  });

  test('is resumed where a deadline cut it off, and counts as one', async () => {
    await spoil('ticket', '501');
    const { clock, crm, store } = chain.connector;
    // Time passes with every call, so that a deadline comes after a few.
    const ticking = new Proxy(crm, {
      get: (target, name: keyof typeof crm) => {
        if (name === 'linksPerCall') return 2;
        const method = target[name] as (...args: unknown[]) => unknown;
        if (!['count', 'listAfter'].includes(name)) return method;
        return (...args: unknown[]) => {
          chain.clock.advanceTo(chain.clock.now() + 1000);
          return method(...args);
        };
      },
    });
    const before = crm.calls().total;
    const runs: unknown[] = [];
    let report = await reconcile({ ...chain.connector, crm: ticking }, { ...mode, seed: 1, deadline: clock.now() + 1 });
    for (; !report.done && runs.length < 50; runs.push(report)) {
      expect(await lastDrift(store)).toBeNull();
      report = await reconcile({ ...chain.connector, crm: ticking }, { ...mode, deadline: clock.now() + 1 });
    }
    expect(runs.length).toBeGreaterThan(3);
    expect(report).toMatchObject({ done: true, kinds: { ticket: { different: 1, repaired: 1 } } });
    const { done: _, ...drift } = report;
    expect(await lastDrift(store)).toEqual(drift);
    // Each time the account is asked as well.
    expect(crm.calls().total - before - (runs.length + 1)).toBeLessThanOrEqual(report.calls);
  });
});

test('a kind that HubSpot no longer gives is left alone, and why is said', async () => {
  chain.simulator.setTier('starter');
  const { kinds, skipped } = await reconciled();
  expect(kinds.answer).toBeUndefined();
  expect(skipped).toEqual({ answer: expect.stringContaining('feedback_submissions') });
  expect(await chain.connector.store.countRecords('answer')).toBe(4);
});

test('what was never read to its end is left to the pull', async () => {
  const { store } = chain.connector;
  const progress = await store.readState<object>('sync#deal');
  await store.saveState('sync#deal', { ...progress, phase: 'backfill', after: null });
  expect((await reconciled()).skipped).toEqual({ deal: 'it was never read to its end yet' });
});

test('a merged record that HubSpot answers for with its survivor is left over, and departs', async () => {
  chain.simulator.portal.merge('contacts', '104', '105', now());
  const { kinds } = await reconciled();
  expect(kinds.contact).toMatchObject({ extra: 2, repaired: 2 });
  await settle();
  expect((await reconciled({ seed: 2 })).kinds.contact).toMatchObject({ missing: 0, extra: 0, kept: 4, counted: 4 });
});

test('a few hundred calls at most are spent, and none on a quiet portal beyond the samples', async () => {
  const before = chain.connector.crm.calls().total;
  const { calls } = await reconciled();
  expect(calls).toBe(chain.connector.crm.calls().total - before);
  // For each kind: a count, the sample, two pages of the list, and the links of at most two kinds.
  expect(calls).toBeLessThanOrEqual(recordKinds.length * 6);
});

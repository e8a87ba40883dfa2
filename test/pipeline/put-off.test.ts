import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connector } from '#pipeline/connector.ts';
import type { Crm } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { noteDue } from '#pipeline/sync/due.ts';
import type { SyncProgress } from '#pipeline/sync/progress.ts';
import { progressName, readAnew } from '#pipeline/sync/pull-kind.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';

const portal = fewCustomers();
const hour = 3_600_000;

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(portal);
  await pullChanges(chain.connector);
  chain.clock.advanceTo(chain.clock.now() + hour);
  const now = new Date(chain.clock.now()).toISOString();
  chain.simulator.portal.update('tickets', '502', { hs_pipeline_stage: '4', closed_date: now }, now);
  chain.simulator.portal.update('contacts', '105', { lifecyclestage: 'customer' }, now);
  chain.clock.advanceTo(chain.clock.now() + safetyLag + overlap);
});
afterEach(() => chain.close());

const isClosed = async (): Promise<unknown> =>
  (await chain.connector.store.readRecords('ticket', ['502'])).get('502')?.fields;
const stands = async (kind: 'company' | 'contact'): Promise<SyncProgress | null> =>
  chain.connector.store.readState<SyncProgress>(progressName(kind));

/** The chain's connector, whose searches that may wait end with an error; and how often one was asked for. */
function refusing(laneOnly: boolean): Connector & { readonly asked: () => number } {
  let asked = 0;
  const recordsAfter: Crm['recordsAfter'] = async () => {
    asked += 1;
    throw new HubSpotBusyError('Not now.', 'Wait.', { retryAt: 12_345, laneOnly });
  };
  const { connector } = chain;
  return { ...connector, unhurried: { ...connector.crm, recordsAfter }, asked: () => asked };
}

test('without an allowance for backfills other kinds go on, no backfill asks twice, and the pull ends as busy until then', async () => {
  for (const kind of ['company', 'contact'] as const) await readAnew(chain.connector.store, kind);
  const refused = refusing(true);
  await expect(pullChanges(refused)).rejects.toMatchObject({ name: 'HubSpotBusyError', retryAt: 12_345 });
  expect(refused.asked()).toBe(1);
  expect(await isClosed()).toMatchObject({ isClosed: true });
  expect([await stands('company'), await stands('contact')]).toMatchObject([
    { phase: 'backfill', after: null },
    { phase: 'backfill', after: null },
  ]);

  const { done, kinds } = await pullChanges(chain.connector);
  expect(done).toBe(true);
  expect(kinds).toMatchObject({ company: { seen: 2 }, contact: { seen: 5, changed: 1 }, ticket: { changed: 0 } });
});

test('a kind that HubSpot refused stays known as refused while its backfill is put off', async () => {
  const { store } = chain.connector;
  await store.saveState('unavailable', { contact: { because: 'A scope is missing.', since: 1, kept: true } });
  await readAnew(store, 'contact');
  await expect(pullChanges(refusing(true))).rejects.toThrow('Not now.');
  expect(await store.readState('unavailable')).toEqual({
    contact: { because: 'A scope is missing.', since: 1, kept: true },
  });
  expect(await stands('company')).toMatchObject({ phase: 'incremental' });
});

test('without an allowance for re-reading, what was noted is still read, and the pull ends as busy', async () => {
  chain.clock.advanceTo(chain.clock.now() + 25 * hour);
  await pullChanges(chain.connector);
  chain.clock.advanceTo(chain.clock.now() + 25 * hour);
  const { simulator, connector } = chain;
  simulator.portal.recalculate(
    'deals',
    '701',
    { amount_in_home_currency: '950' },
    new Date(chain.clock.now()).toISOString(),
  );
  await noteDue(connector, 'whole', { deal: ['701'] });
  const refused = refusing(true);
  await expect(pullChanges(refused)).rejects.toThrow('Not now.');
  expect(refused.asked()).toBe(1);
  expect((await connector.store.readRecords('deal', ['701'])).get('701')?.fields).toMatchObject({ amount: 950 });
});

test('an outage ends the pull at once: no other kind tries in its turn', async () => {
  for (const kind of ['company', 'contact'] as const) await readAnew(chain.connector.store, kind);
  const out = refusing(false);
  await expect(pullChanges(out)).rejects.toThrow('Not now.');
  expect(out.asked()).toBe(1);
  expect(await isClosed()).toMatchObject({ isClosed: false });
});

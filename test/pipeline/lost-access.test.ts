import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseWindow } from '#domain/metrics/window.ts';
import { recordKinds } from '#domain/records/record.ts';
import { scoreReads } from '#domain/scores/observe.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { staleness, unavailableKinds } from '#pipeline/availability.ts';
import { measurePortal } from '#pipeline/measure-portal.ts';
import type { Crm } from '#pipeline/ports.ts';
import { dueList, noteDue } from '#pipeline/sync/due.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { heldInHubSpot, wholeState } from './whole-state.ts';

const portal = fewCustomers();
const hour = 3_600_000;

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(portal);
  await chain.run();
});
afterEach(() => chain.close());

const pass = (ms: number): void => chain.clock.advanceTo(chain.clock.now() + ms);
const now = (): string => new Date(chain.clock.now()).toISOString();

async function figures() {
  const { connector, asOf } = chain;
  const window = parseWindow('90d', { asOf, zone: zoneOf(portal.definition.account.timeZone) });
  return new Map((await measurePortal(connector, { window, asOf })).map((figure) => [figure.key, figure]));
}

/** Every scope but those of these objects. */
function without(...objects: readonly string[]): string[] {
  const all = ['contacts', 'companies', 'deals', 'feedback_submissions', 'subscriptions'];
  return [
    'oauth',
    ...(objects.includes('tickets') ? [] : ['tickets']),
    ...all.filter((name) => !objects.includes(name)).map((name) => `crm.objects.${name}.read`),
    ...['contacts', 'companies'].flatMap((name) => [`crm.objects.${name}.write`, `crm.schemas.${name}.write`]),
  ];
}

test('with the tier of surveys lost their metrics keep the last values, marked with since when and why, until it is back', async () => {
  const before = { figures: await figures(), held: heldInHubSpot(chain) };
  pass(hour);
  chain.simulator.setTier('starter');
  const since = chain.clock.now();
  expect((await chain.run()).pulled.kinds.answer?.unavailable).toContain('feedback_submissions');
  pass(hour);
  await chain.run();

  const stale = {
    kinds: ['answer'],
    since: expect.any(Number),
    because: expect.stringContaining('feedback_submissions'),
  };
  const after = await figures();
  expect(before.figures.get('nps')?.measurement).toMatchObject({ status: 'measured', n: 3 });
  expect(after.get('nps')).toMatchObject({ measurement: before.figures.get('nps')?.measurement, stale });
  expect(after.get('ticket-volume')).not.toHaveProperty('stale');
  const told = staleness(await unavailableKinds(chain.connector.store), scoreReads);
  expect(told).toEqual(stale);
  expect(told?.since).toBeGreaterThanOrEqual(since);
  expect(told?.since).toBeLessThan(since + hour);
  expect(heldInHubSpot(chain)).toEqual(before.held);

  chain.simulator.setTier('professional');
  await chain.run();
  await chain.run();
  for (const [key, figure] of await figures()) expect(figure, key).not.toHaveProperty('stale');
  expect(await unavailableKinds(chain.connector.store)).toEqual({});
});

test('a kind that never was read stays "not measured" beside one that was', async () => {
  await chain.connector.store.saveState('sync#answer', null);
  chain.simulator.setScopes(without('tickets', 'feedback_submissions'));
  await chain.run();
  const measured = await figures();
  expect(measured.get('nps')?.measurement).toMatchObject({ status: 'not_measured' });
  expect(measured.get('ticket-volume')).toMatchObject({ measurement: { value: 4 }, stale: { kinds: ['ticket'] } });
});

test('a scope lost in the midst of a pull leaves links as they were last known', async () => {
  const { crm } = chain.connector;
  const linked = await Array.fromAsync(chain.connector.store.customers('contact'), ({ self }) => self?.links.company);
  pass(hour);
  for (const id of ['101', '102', '103'])
    chain.simulator.portal.update('contacts', id, { lifecyclestage: 'evangelist' }, now());
  pass(overlap + safetyLag);
  // Companies are pulled first; their scope goes before the links of contacts are read.
  const linksOf: Crm['linksOf'] = (kind, ids) => {
    chain.simulator.setScopes(without('companies'));
    return crm.linksOf(kind, ids);
  };
  const { pulled } = await chain.run({ ...chain.connector, crm: { ...crm, linksOf } });
  expect(pulled.kinds).toMatchObject({ company: { unavailable: null }, contact: { changed: 3, unavailable: null } });
  expect(linked.filter((ids) => ids?.length === 1)).toHaveLength(3);
  expect(await Array.fromAsync(chain.connector.store.customers('contact'), ({ self }) => self?.links.company)).toEqual(
    linked,
  );
});

test('a lost scope keeps nothing else from being pulled: neither stages nor properties to look at, nor records to read again', async () => {
  const { store } = chain.connector;
  const progress = await store.readState<object>('sync#deal');
  await store.saveState('sync#deal', { ...progress, reading: 'as before another mapping' });
  await noteDue({ store }, 'whole', { ticket: ['501'], deal: ['701'] });
  pass(25 * hour);
  chain.simulator.setScopes(without('tickets', 'companies'));
  chain.simulator.portal.update('deals', '701', { amount_in_home_currency: '950' }, now());
  pass(overlap + safetyLag);
  const { pulled } = await chain.run();
  expect(pulled.done).toBe(true);
  expect(pulled.kinds).toMatchObject({ ticket: { unavailable: expect.any(String) }, deal: { changed: 1 } });
  expect(await store.notedIds(dueList('ticket', 'whole'), 9)).toMatchObject([{ target: '501' }]);
  expect(await store.notedIds(dueList('deal', 'whole'), 9)).toEqual([]);
});

test('once given again everything is as if it had never been lost', async () => {
  pass(hour);
  chain.simulator.setScopes(without('companies', 'tickets', 'feedback_submissions'));
  await chain.run();
  chain.simulator.portal.update('tickets', '502', { subject: 'While we were away' }, now());
  chain.simulator.portal.disassociate('tickets', '501', 'companies', '21');
  pass(hour);
  chain.simulator.setScopes('all');
  await chain.run();
  pass(overlap + safetyLag);
  await chain.run();

  const fresh = await startChain(chain.simulator.snapshot(), { asOf: chain.asOf });
  await fresh.run();
  const [returned, ofItself] = [await wholeState(chain), await wholeState(fresh)];
  await fresh.close();
  expect(returned.days).toEqual(ofItself.days);
  for (const [index, kind] of recordKinds.entries())
    expect(
      returned.records[index]?.map(({ id, fields, links }) => ({ id, fields, links })),
      kind,
    ).toEqual(ofItself.records[index]?.map(({ id, fields, links }) => ({ id, fields, links })));
});

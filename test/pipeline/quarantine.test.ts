import { afterEach, expect, test } from 'vitest';
import type { SimulatorOptions } from '#local/simulator/simulator.ts';
import { retryQuarantined } from '#pipeline/retry-quarantined.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { wholeState } from './whole-state.ts';

const portal = fewCustomers();
type Corrupt = NonNullable<NonNullable<SimulatorOptions['faults']>['corrupt']>;

const open: Chain[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started(corrupt: Corrupt = []): Promise<Chain> {
  const chain = await startChain(portal, { faults: { corrupt } });
  open.push(chain);
  await chain.run();
  return chain;
}

const held = async ({ connector: { store } }: Chain) =>
  (await Array.fromAsync(store.quarantined())).map(({ kind, id }) => `${kind} ${id}`);

const broken: Corrupt = [
  { type: 'tickets', id: '501', how: 'object for a value' },
  { type: 'contacts', id: '103', how: 'no properties' },
  { type: 'feedback_submissions', id: '902', how: 'truncates the page' },
];

test('records that cannot be read are held with the reason, and everything else proceeds', async () => {
  const chain = await started(broken);
  expect(await held(chain)).toEqual(['answer 902', 'contact 103', 'ticket 501']);
  for await (const { since, because } of chain.connector.store.quarantined()) {
    expect(since).toBeGreaterThanOrEqual(chain.asOf);
    expect(because).toMatch(/\w+/);
  }
  const { store } = chain.connector;
  expect([await store.countRecords('ticket'), await store.countRecords('contact')]).toEqual([3, 4]);
});

test('tried again in vain they stay held since when they were, with the reason of today', async () => {
  const chain = await started(broken);
  const before = await Array.fromAsync(chain.connector.store.quarantined());
  chain.clock.advanceTo(chain.clock.now() + 60_000);
  expect(await retryQuarantined(chain.connector)).toEqual(
    ['contact 103', 'ticket 501', 'answer 902'].map((name) => {
      const [kind, id] = name.split(' ');
      const because = before.find((each) => each.id === id)?.because;
      return { kind, id, outcome: 'unreadable', because };
    }),
  );
  expect(await Array.fromAsync(chain.connector.store.quarantined())).toEqual(before);
});

test('tried again once mended they come in, and everything is as if they had never been held', async () => {
  const [chain, healthy] = [await started(broken), await started()];
  chain.simulator.mend();
  const outcomes = await retryQuarantined(chain.connector);
  expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['103', 'read'],
    ['501', 'read'],
    ['902', 'read'],
  ]);
  expect(await held(chain)).toEqual([]);
  for (const each of [chain, healthy]) {
    each.clock.advanceTo(each.clock.now() + overlap + safetyLag);
    await each.run();
  }
  const [mended, never] = [await wholeState(chain), await wholeState(healthy)];
  expect(mended.records).toEqual(never.records);
  expect(mended.days).toEqual(never.days);
  expect(mended.marks).toEqual([[], []]);
  expect(await retryQuarantined(chain.connector)).toEqual([]);
});

test('what is no longer in HubSpot leaves the quarantine, and what cannot be asked for is let go', async () => {
  const chain = await started(broken);
  const { store } = chain.connector;
  await store.quarantine([{ kind: 'deal', id: '?', because: 'a row without id', since: 1 }]);
  chain.simulator.portal.archive('tickets', '501', new Date(chain.clock.now()).toISOString());
  chain.simulator.setTier('starter');
  const outcomes = await retryQuarantined(chain.connector);
  expect(Object.fromEntries(outcomes.map(({ kind, id, outcome }) => [`${kind} ${id}`, outcome]))).toEqual({
    'contact 103': 'unreadable',
    'deal ?': 'let go',
    'ticket 501': 'gone',
    'answer 902': 'refused',
  });
  expect(await held(chain)).toEqual(['answer 902', 'contact 103']);
});

test('a record whose associations cannot be read is kept with the links known before, and held until they can', async () => {
  const chain = await started();
  const { crm, store } = chain.connector;
  const at = chain.clock.now() + 60_000;
  chain.clock.advanceTo(at);
  const edited = new Date(at).toISOString();
  chain.simulator.portal.update('tickets', '501', { subject: 'Edited' }, edited);
  chain.simulator.portal.disassociate('tickets', '501', 'contacts', '101');
  chain.clock.advanceTo(at + overlap + safetyLag);
  const linksOf: typeof crm.linksOf = async (kind, ids) =>
    new Map([...(await crm.linksOf(kind, ids))].filter(([id]) => id !== '501'));
  await chain.run({ ...chain.connector, crm: { ...crm, linksOf } });
  const ticket = async () => (await store.readRecords('ticket', ['501'])).get('501');
  expect(await ticket()).toMatchObject({ fields: { subject: 'Edited' }, links: { contact: ['101'] } });
  expect(await held(chain)).toEqual(['ticket 501']);

  const again = await retryQuarantined({ ...chain.connector, crm: { ...crm, linksOf } });
  expect(again).toMatchObject([{ outcome: 'unreadable', because: expect.stringContaining('associated') }]);
  expect(await retryQuarantined(chain.connector)).toMatchObject([{ kind: 'ticket', id: '501', outcome: 'read' }]);
  expect((await ticket())?.links).toEqual({ company: ['21'] });
  expect(await held(chain)).toEqual([]);
});

test('a record that could never be read and is erased leaves the quarantine with the next re-read', async () => {
  const chain = await started(broken);
  const { clock, simulator } = chain;
  simulator.portal.erase('contacts', '103', new Date(clock.now()).toISOString());
  clock.advanceTo(clock.now() + 25 * 3_600_000);
  await chain.run();
  expect(await held(chain)).toEqual(['answer 902', 'ticket 501']);
});

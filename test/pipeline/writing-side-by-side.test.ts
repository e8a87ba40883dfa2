import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PendingWrite } from '#pipeline/ports.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(fewCustomers());
  await chain.run();
});
afterEach(() => chain.close());

const wish = (kind: PendingWrite['kind'], id: string): PendingWrite => ({
  kind,
  id,
  wanted: { cx_health_score: '50' },
});

test('a property that was archived of both kinds is created once for each', async () => {
  const { portal } = chain.simulator;
  const { store } = chain.connector;
  const at = new Date(chain.clock.now()).toISOString();
  for (const type of ['contacts', 'companies'] as const) portal.properties[type].archive('cx_health_score', at);
  for (const [kind, id] of [
    ['contact', '101'],
    ['company', '21'],
  ] as const) {
    await store.updateRecords(kind, [id], (record) => ({ ...record, outputs: {} }));
    await store.queueWrites([wish(kind, id)]);
  }
  const { written, provisioned } = await writeBack(chain.connector, { mode: 'write' });
  expect(written).toBe(2);
  expect(provisioned.toSorted()).toEqual(['companies.cx_health_score', 'contacts.cx_health_score']);
});

test('where one kind is refused for good, the other is not written on', async () => {
  const { store, crm } = chain.connector;
  await store.queueWrites(Array.from({ length: 401 }, (_, index) => wish('contact', String(101 + index))));
  await store.queueWrites([wish('company', '21')]);
  let batches = 0;
  const watched: typeof store = {
    ...store,
    saveReceipts: (...receipts) => {
      batches += 1;
      return store.saveReceipts(...receipts);
    },
  };
  const write: typeof crm.write = async (kind, writes) => {
    if (kind === 'contact') return crm.write(kind, writes);
    throw new HubSpotRefusedError('The token is no longer valid.', 'Renew it.', {
      status: 401,
      category: 'EXPIRED_AUTHENTICATION',
    });
  };
  const refused = writeBack({ ...chain.connector, store: watched, crm: { ...crm, write } }, { mode: 'write' });
  await expect(refused).rejects.toThrow('no longer valid');
  expect(batches).toBeLessThan(5);
});

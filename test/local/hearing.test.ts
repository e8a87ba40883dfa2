import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Hearing, openHearing, quietWebhooks } from '#local/webhooks/hearing.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { readConfig } from '#platform/read-config.ts';
import { type Chain, startChain } from '#test/pipeline/chain.ts';
import { fewCustomers } from '#test/pipeline/few-customers.ts';

const portal = fewCustomers();
let chain: Chain;
let hearing: Hearing;
let errors: unknown[];
beforeEach(async () => {
  const webhooks = quietWebhooks(readConfig(portal.definition.mappings));
  chain = await startChain(portal, { webhooks });
  await chain.run();
  errors = [];
  const { clientSecret } = webhooks;
  hearing = await openHearing(chain.connector, chain.simulator, { clientSecret, onError: (e) => errors.push(e) });
});
afterEach(async () => {
  await hearing.close();
  await chain.close();
});

const openTickets = (contact: string): unknown =>
  chain.simulator.portal.records.contacts.get(contact)?.properties['cx_open_tickets'];
const openTicket = (contact: string) => {
  const properties = { subject: 'Help', hs_pipeline: '0', hs_pipeline_stage: '1' };
  const associations = { contacts: [contact] };
  chain.simulator.portal.create('tickets', { properties, associations }, new Date(chain.clock.now()).toISOString());
};

test('a ticket opened in HubSpot is in the score on the record within seconds, and the pull finds nothing new', async () => {
  expect(openTickets('103')).toBe('1');
  openTicket('103');
  await hearing.settled();
  expect(openTickets('103')).toBe('2');
  const { written, read, events, dead, latenciesMs } = hearing.news();
  expect([written, read, dead]).toEqual([2, 1, 0]);
  expect(events).toBeGreaterThan(0);
  expect(latenciesMs.length).toBeGreaterThan(0);
  for (const latency of latenciesMs) expect(latency).toBeLessThanOrEqual(5_000);
  await chain.clock.sleep(overlap + safetyLag);
  const { kinds } = await pullChanges(chain.connector);
  expect(Object.values(kinds).map(({ changed }) => changed)).toEqual(Object.values(kinds).map(() => 0));
  expect(hearing.news()).toMatchObject({ events: 0, told: 0, read: 0, written: 0 });
});

test('other work on scores and writes has nobody beside it: what is told meanwhile is scored afterwards', async () => {
  const before = chain.simulator.calls.write;
  await hearing.alone(async () => {
    openTicket('103');
    await chain.simulator.webhooks.settled();
    await chain.clock.sleep(10_000);
    expect(chain.simulator.calls.write).toBe(before);
  });
  await hearing.settled();
  expect(openTickets('103')).toBe('2');
});

test('where HubSpot takes no write the reason is told, and the next change brings both', async () => {
  const { simulator, clock } = chain;
  const answer = (id: string, hs_value: string) =>
    simulator.portal.update('feedback_submissions', id, { hs_value }, new Date(clock.now()).toISOString());
  const lastNps = () =>
    ['101', '104'].map((id) => simulator.portal.records.contacts.get(id)?.properties['cx_last_nps']);
  expect(lastNps()).toEqual(['9', '10']);
  const token = simulator.accessToken;
  simulator.rotateToken('another');
  answer('901', '0');
  await hearing.settled();
  expect(errors).toMatchObject([{ name: 'HubSpotRefusedError' }]);
  expect(lastNps()).toEqual(['9', '10']);
  simulator.rotateToken(token);
  answer('903', '1');
  await hearing.settled();
  expect([errors.length, lastNps()]).toEqual([1, ['0', '1']]);
});

test('once closed nothing is told any more', async () => {
  await hearing.close();
  openTicket('103');
  expect(chain.simulator.webhooks).toMatchObject({ target: null, counts: { pending: 0 } });
  expect(openTickets('103')).toBe('1');
});

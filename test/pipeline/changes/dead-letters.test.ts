import { afterEach, describe, expect, test } from 'vitest';
import type { FaultEntry } from '#local/simulator/faults/fault-plan.ts';
import { lastAttempt } from '#pipeline/changes/consume-deliveries.ts';
import { startWebhookChain, type WebhookChain } from './webhook-chain.ts';

const always = 100_000;
/** What befalls reads of one record, and of every other record in the same call. */
const reading = (id: string, fault: FaultEntry['fault'], times = always): FaultEntry => ({
  fault,
  on: { path: '/crm/objects/', kind: 'read', body: `"${id}"` },
  times,
});

const open: WebhookChain[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
async function started(...entries: FaultEntry[]): Promise<WebhookChain> {
  const chain = await startWebhookChain({ faults: { entries } });
  open.push(chain);
  return chain;
}

/** A lost deal is read, since HubSpot calculates from its stage; a subject is not. */
const editsOf = (chain: WebhookChain) =>
  chain.heard((portal) => {
    portal.update('deals', '701', { dealstage: 'closedlost' }, chain.now());
    portal.update('deals', '702', { dealstage: 'closedlost' }, chain.now());
    portal.update('tickets', '501', { subject: 'Held up by nobody' }, chain.now());
  });
const isWon = async ({ connector: { store } }: WebhookChain): Promise<Record<string, boolean>> =>
  Object.fromEntries([...(await store.readRecords('deal', ['701', '702']))].map(([id, deal]) => [id, wonBy(deal)]));
const wonBy = ({ fields }: { readonly fields: object }): boolean => 'isWon' in fields && fields.isWon === true;

describe('a change whose record HubSpot refuses to give', () => {
  test('is found one record at a time, kept with its reason, and holds nobody up', async () => {
    const chain = await started(reading('701', '401'));
    await editsOf(chain);
    expect(await isWon(chain)).toEqual({ 701: true, 702: false });
    const ticket = (await chain.connector.store.readRecords('ticket', ['501'])).get('501');
    expect(ticket).toMatchObject({ fields: { subject: 'Held up by nobody' } });
    expect(await chain.dead()).toEqual(['deal 701']);
    for (const letter of await chain.letters()) {
      expect(letter).toMatchObject({ error: 'HubSpotRefusedError', because: expect.stringContaining('token') });
      expect(letter.because).not.toContain('closedlost');
    }
    expect(chain.queue.deadLetters).toEqual([]);
  });

  test('does not make dead letters of others that may succeed later', async () => {
    const chain = await started(reading('701', '401'), reading('702', '503', 12));
    await editsOf(chain);
    expect(await chain.dead()).toEqual(['deal 701']);
    expect(await isWon(chain)).toEqual({ 701: true, 702: false });
    expect(chain.consumed.length).toBeGreaterThan(1);
  });
});

describe('a change that cannot be applied now', () => {
  test('comes again, and is applied as soon as it can be', async () => {
    const chain = await started(reading('701', '503', 6));
    await editsOf(chain);
    expect(chain.consumed[0]?.failed).toHaveLength(1);
    expect(await isWon(chain)).toEqual({ 701: false, 702: false });
    expect(await chain.letters()).toEqual([]);
  });

  test('is a dead letter after the last attempt, and only that', async () => {
    const chain = await started(reading('701', '503'));
    await editsOf(chain);
    expect(chain.consumed.filter(({ failed }) => failed.length > 0)).toHaveLength(lastAttempt - 1);
    expect(await chain.dead()).toEqual(['deal 701']);
    expect(await chain.letters()).toMatchObject([{ error: 'HubSpotBusyError' }]);
    expect(await isWon(chain)).toEqual({ 701: true, 702: false });
    expect(chain.queue.deadLetters).toEqual([]);
  });
});

describe('what cannot be read', () => {
  const event = (chain: WebhookChain, said: object) => ({
    subscriptionType: 'ticket.propertyChange',
    portalId: chain.simulator.portal.definition.account.portalId,
    occurredAt: chain.clock.now(),
    objectId: 501,
    ...said,
  });

  test('is a dead letter by itself: the other events of the same body count', async () => {
    const chain = await started();
    const readable = event(chain, { propertyName: 'subject', propertyValue: 'Read' });
    await chain.queued(JSON.stringify([{ propertyValue: 'a secret' }, readable]));
    const ticket = (await chain.connector.store.readRecords('ticket', ['501'])).get('501');
    expect(ticket).toMatchObject({ fields: { subject: 'Read' } });
    expect(await chain.letters()).toMatchObject([
      { kind: null, id: null, error: 'PayloadError', because: expect.stringContaining('subscriptionType') },
    ]);
    expect((await chain.letters())[0]?.because).not.toContain('secret');
  });

  test('is kept once, however often it comes', async () => {
    const chain = await started();
    for (let time = 0; time < 3; time += 1) await chain.queued('no events at all');
    expect(await chain.letters()).toHaveLength(1);
  });
});

test('nothing of an erased person is left among the dead letters, nor in a body that names the id', async () => {
  const chain = await started(reading('104', '401'), reading('102', '401'));
  await chain.heard((portal) => {
    portal.update('contacts', '104', { lifecyclestage: 'lead' }, chain.now());
    portal.update('contacts', '102', { lifecyclestage: 'lead' }, chain.now());
  });
  await chain.queued('broken, and about 104');
  await chain.queued('broken, and about 1041');
  expect(await chain.dead()).toEqual(expect.arrayContaining(['?', 'contact 102', 'contact 104']));
  await chain.heard((portal) => portal.erase('contacts', '104', chain.now()));
  expect(await chain.dead()).toEqual(expect.arrayContaining(['?', 'contact 102']));
  const left = await chain.letters();
  expect(left.map(({ id }) => id)).not.toContain('104');
  expect(left.flatMap(({ content }) => ('raw' in content ? [content.raw] : []))).toEqual(['broken, and about 1041']);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differencesBeforePull } from '#bench/webhook/lost.ts';
import type { CxRecord, RecordKind } from '#domain/records/record.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { startWebhookChain, type WebhookChain } from './webhook-chain.ts';

let chain: WebhookChain;
beforeEach(async () => {
  chain = await startWebhookChain();
});
afterEach(() => chain.close());

const now = (): string => chain.now();
const heard: WebhookChain['heard'] = (edit) => chain.heard(edit);
const differences = (): Promise<string[]> => differencesBeforePull(chain);
const stored = async <K extends RecordKind>(kind: K, id: string): Promise<CxRecord<K> | undefined> =>
  (await chain.connector.store.readRecords(kind, [id])).get(id) as CxRecord<K> | undefined;

describe('a webhook', () => {
  test('puts the value it tells in place without a call, and marks who is concerned', async () => {
    const calls = await heard((portal) => portal.update('tickets', '501', { subject: 'A new subject' }, now()));
    expect(calls).toBe(0);
    expect(await stored('ticket', '501')).toMatchObject({ fields: { subject: 'A new subject' } });
    const marked = await chain.connector.store.dirtyCustomers();
    expect(marked.map(({ target }) => target)).toEqual(
      expect.arrayContaining([
        { kind: 'contact', id: '101' },
        { kind: 'company', id: '21' },
      ]),
    );
    expect(chain.received).toEqual({ stored: 1 });
    expect(await differences()).toEqual([]);
  });

  test('of a stage has the ticket read, since HubSpot calculates the close from it', async () => {
    const calls = await heard((portal) => portal.update('tickets', '502', { hs_pipeline_stage: '4' }, now()));
    expect(calls).toBeGreaterThan(0);
    expect(await stored('ticket', '502')).toMatchObject({ fields: { isClosed: true } });
    expect(await differences()).toEqual([]);
  });

  test('of a creation, a merge, a restore, an archive and an erasure ends as the portal is', async () => {
    await heard((portal) => {
      portal.create(
        'contacts',
        { id: '777', properties: { firstname: 'Ünal', lastname: '検索' }, associations: { companies: ['22'] } },
        now(),
      );
      portal.archive('deals', '701', now());
      portal.erase('contacts', '104', now());
      portal.merge('companies', '21', '22', now());
    });
    expect(await stored('contact', '777')).toMatchObject({ fields: { name: 'Ünal 検索' } });
    expect(await stored('deal', '701')).toBeUndefined();
    expect((await chain.connector.store.departures('contact', ['104'])).get('104')).toMatchObject({ why: 'erased' });
    expect(await stored('company', '21')).toBeUndefined();
    await heard((portal) => portal.restore('deals', '701', now(), { touch: false }));
    expect(await stored('deal', '701')).toBeDefined();
    await pullChanges(chain.connector);
    expect(await differences()).toEqual([]);
  });

  test('of a merge or an archive of tickets has the answers about them read, of which no event tells', async () => {
    await heard((portal) => {
      portal.merge('tickets', '501', '502', now());
    });
    const [merged] = (await stored('answer', '901'))?.links.ticket ?? [];
    expect(chain.simulator.portal.records.tickets.isLive(merged ?? '')).toBe(true);
    expect(await differences()).toEqual([]);
    await heard((portal) => portal.archive('tickets', merged ?? '', now()));
    expect((await stored('answer', '901'))?.links.ticket).toBeUndefined();
    expect(await differences()).toEqual([]);
  });

  test('of an association links both sides, and one that ended is looked up', async () => {
    const calls = await heard((portal) => portal.associate('tickets', '502', 'contacts', '104'));
    expect(calls).toBe(0);
    expect((await stored('ticket', '502'))?.links.contact).toEqual(['103', '104']);
    await chain.clock.sleep(60_000);
    await heard((portal) => portal.disassociate('tickets', '502', 'contacts', '103'));
    expect((await stored('ticket', '502'))?.links.contact).toEqual(['104']);
    expect(await differences()).toEqual([]);
  });

  test('that tells of what we wrote ourselves is cut off before anything is read, computed or written', async () => {
    await chain.run();
    await heard(() => {});
    for (const { target, version } of await chain.connector.store.dirtyCustomers())
      await chain.connector.store.clearCustomers([{ target, version }]);
    const before = chain.consumed.length;
    await chain.connector.crm.write('contact', [{ id: '101', properties: { cx_health_score: '12' } }]);
    const calls = await heard(() => {});
    expect(calls).toBe(0);
    expect(chain.consumed.slice(before)).toMatchObject([{ told: 0, read: 0 }]);
    expect(await chain.connector.store.dirtyCustomers()).toEqual([]);
  });
});

test('late, doubled and disordered, webhooks end as the portal is', async () => {
  await chain.close();
  chain = await startWebhookChain({ duplicates: 0.4, disorder: 0.5 });
  for (let round = 0; round < 30; round += 1) {
    chain.simulator.portal.update('tickets', '501', { subject: `Subject ${round}` }, now());
    chain.simulator.portal.update('contacts', '102', { email: `mail-${round}@example.com` }, now());
    await chain.clock.sleep(700);
  }
  await heard(() => {});
  expect(await stored('ticket', '501')).toMatchObject({ fields: { subject: 'Subject 29' } });
  expect(await stored('contact', '102')).toMatchObject({ fields: { email: 'mail-29@example.com' } });
  expect(await differences()).toEqual([]);
});

test('a body that is no array of events, and an event that is none, are dead letters with their reason', async () => {
  const { store } = chain.connector;
  chain.queue.send('not even a message of ours');
  await chain.queue.empty();
  const letters = await Array.fromAsync(store.deadLetters());
  expect(letters).toMatchObject([
    { kind: null, error: 'PayloadError', because: 'It is no webhook that was queued by this connector.' },
  ]);
});

/** Two processes at work on the same record, each at the worst moment for the other. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CxRecord, RecordKind } from '#domain/records/record.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { applyChanges } from '#pipeline/changes/apply-changes.ts';
import { consumeDeliveries, type Delivery } from '#pipeline/changes/consume-deliveries.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { Change, Store } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { applyRecords } from '#pipeline/sync/apply-records.ts';
import { dueList, noteDue } from '#pipeline/sync/due.ts';
import { readDue } from '#pipeline/sync/read-due.ts';
import { depart, erased } from '#pipeline/sync/settle.ts';
import type { Syncing } from '#pipeline/sync/syncing.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { type Chain, startChain, syncingOf } from '../chain.ts';
import { fewCustomers } from '../few-customers.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(fewCustomers());
  await pullChanges(chain.connector);
  await chain.clock.sleep(60_000);
});
afterEach(() => chain.close());

const stored = async <K extends RecordKind>(kind: K, id: string): Promise<CxRecord<K> | undefined> =>
  (await chain.connector.store.readRecords(kind, [id])).get(id) as CxRecord<K> | undefined;
const now = (): string => new Date(chain.clock.now()).toISOString();

/** A body of webhooks with one event. */
const bodyOf = (subscriptionType: string, said: object): string =>
  JSON.stringify([
    {
      eventId: 1,
      subscriptionId: 1,
      attemptNumber: 0,
      portalId: chain.simulator.portal.definition.account.portalId,
      appId: 9,
      occurredAt: chain.clock.now(),
      subscriptionType,
      ...said,
    },
  ]);
const read = (body: string) =>
  changeReader(chain.connector.config)(body, String(chain.simulator.portal.definition.account.portalId));
const told = (subscriptionType: string, said: object): readonly Change[] =>
  read(bodyOf(subscriptionType, said)).changes;
const value = (kind: string, objectId: number, propertyName: string, propertyValue: string): readonly Change[] =>
  told(`${kind}.propertyChange`, { objectId, propertyName, propertyValue });

/** A consumer of its own name, with what differs from the chain's connector. */
const consumer = (holder: string, other: Partial<Syncing> = {}): Syncing => ({ ...syncingOf(chain), holder, ...other });

/** A store that stops before it saves records until it is let go on. */
function stopping(): { readonly store: Store; readonly reached: Promise<void>; readonly goOn: () => void } {
  const { promise: gate, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: reached, resolve: arrived } = Promise.withResolvers<void>();
  const { store } = chain.connector;
  const saveRecords: Store['saveRecords'] = async (records, seen) => {
    arrived();
    await gate;
    return store.saveRecords(records, seen);
  };
  return { store: { ...store, saveRecords }, reached, goOn };
}

describe('a commit that stands still for longer than others wait', () => {
  test('overwrites nothing of what was committed since, and leaves nothing filed where it is not', async () => {
    const { store, reached, goOn } = stopping();
    const slow = applyChanges(consumer('slow', { store }), value('ticket', 501, 'subject', 'Slow'));
    const outcome = expect(slow).rejects.toMatchObject({ name: 'StoreConflictError', retryable: true });
    await reached;
    await chain.clock.sleep(31_000);
    await applyChanges(consumer('quick'), [
      ...value('ticket', 501, 'hs_ticket_category', 'BILLING'),
      ...told('ticket.associationChange', { fromObjectId: 501, toObjectId: 104, associationType: 'TICKET_TO_CONTACT' }),
    ]);
    goOn();
    await outcome;
    expect(await stored('ticket', '501')).toMatchObject({
      fields: { category: 'BILLING', subject: 'Ticket 501' },
      links: { contact: ['101', '104'] },
    });
    const beside = await Array.fromAsync(chain.connector.store.customers('contact', ['104']), ({ facts }) => facts);
    expect(beside.flat().find(({ id }) => id === '501')).toMatchObject({ fields: { category: 'BILLING' } });
  });

  test('brings nobody back who was erased meanwhile', async () => {
    const { store, reached, goOn } = stopping();
    const slow = applyChanges(consumer('slow', { store }), value('contact', 101, 'email', 'private@example.com'));
    const outcome = expect(slow).rejects.toMatchObject({ name: 'StoreConflictError' });
    await reached;
    await chain.clock.sleep(31_000);
    await applyChanges(consumer('quick'), told('contact.privacyDeletion', { objectId: 101 }));
    goOn();
    await outcome;
    const customers = [
      ...(await Array.fromAsync(chain.connector.store.customers('contact', ['101']))),
      ...(await Array.fromAsync(chain.connector.store.customers('company', ['21']))),
    ];
    expect(customers.find(({ key }) => key.id === '101')?.self ?? null).toBeNull();
    expect(customers.flatMap(({ facts }) => facts).filter(({ kind }) => kind === 'contact')).not.toContainEqual(
      expect.objectContaining({ id: '101' }),
    );
    expect(JSON.stringify(customers)).not.toContain('private@example.com');
  });
});

test('what is noted on a record while its commit is under way stays beside the change', async () => {
  const { store } = chain.connector;
  let noted = false;
  const saveRecords: Store['saveRecords'] = async (records, seen) => {
    // As whoever writes back does, who takes no turns.
    if (!noted)
      await store.updateRecords('contact', ['101'], (record) => ({ ...record, outputs: { cx_health_score: '7' } }));
    noted = true;
    return store.saveRecords(records, seen);
  };
  const busy = consumer('one', { store: { ...store, saveRecords } });
  await applyChanges(busy, value('contact', 101, 'hubspot_owner_id', '7'));
  expect(await stored('contact', '101')).toMatchObject({
    fields: { ownerId: '7' },
    outputs: { cx_health_score: '7' },
  });
  const [customer] = await Array.fromAsync(store.customers('contact', ['101']));
  expect(customer?.self).toMatchObject({ fields: { ownerId: '7' } });
});

test('a record that is restored while somebody misses it stays', async () => {
  const { portal } = chain.simulator;
  portal.archive('deals', '701', now());
  const deletion = told('deal.deletion', { objectId: 701 });
  const { crm } = chain.connector;
  let looked = false;
  const recordsOf: typeof crm.recordsOf = async (kind, ids) => {
    const answer = await crm.recordsOf(kind, ids);
    if (looked) return answer;
    looked = true;
    portal.restore('deals', '701', now(), { touch: false });
    await chain.clock.sleep(50);
    await applyChanges(consumer('other'), told('deal.restore', { objectId: 701 }));
    return answer;
  };
  await applyChanges(consumer('one', { crm: { ...crm, recordsOf } }), deletion);
  expect(await stored('deal', '701')).toBeDefined();
});

test('who is erased while being scored leaves no score behind', async () => {
  const { connector, asOf } = chain;
  await computeMetrics(connector, { asOf });
  const { store } = connector;
  const saveScores: Store['saveScores'] = async (scores) => {
    if (scores.some(({ key }) => key.kind === 'contact' && key.id === '101'))
      await depart(syncingOf(chain), 'contact', erased('contact', ['101'], chain.clock.now()));
    await store.saveScores(scores);
  };
  await scoreCustomers({ ...connector, store: { ...store, saveScores } }, { asOf });
  const left = await Array.fromAsync(store.customers('contact', ['101']));
  expect(left.filter(({ score }) => score !== null)).toEqual([]);
  expect((await Array.fromAsync(store.pendingWrites('contact'))).map(({ id }) => id)).not.toContain('101');
});

describe('a fault that passes', () => {
  const consumed = (store: Store, body: string, attempt = 1) => {
    const delivery: Delivery = { messageId: 'one', attempt, content: { body } };
    return consumeDeliveries({ ...chain.connector, holder: 'one', store }, [delivery], { read: (raw) => read(raw) });
  };
  const throttled = Object.assign(new Error('Throughput exceeds the capacity'), { name: 'ThrottlingException' });

  test('is no dead letter, not even of an erasure: it comes again, and is applied', async () => {
    const { store } = chain.connector;
    const body = bodyOf('contact.privacyDeletion', { objectId: 101 });
    const busy: Store = { ...store, markCustomers: () => Promise.reject(throttled) };
    expect(await consumed(busy, body)).toMatchObject({ failed: ['one'], dead: 0 });
    expect(await Array.fromAsync(store.deadLetters())).toEqual([]);
    expect(await consumed(store, body, 2)).toMatchObject({ failed: [], departed: 1 });
    expect(await stored('contact', '101')).toBeUndefined();
  });
});

test('an answer whose property names another contact is linked to that one at once', async () => {
  const { portal } = chain.simulator;
  const properties = { hs_survey_type: 'NPS', hs_value: '9', hs_submission_timestamp: now(), hs_contact_id: '101' };
  portal.create('feedback_submissions', { id: '950', properties, associations: {} }, now());
  await applyChanges(consumer('one'), told('object.creation', { objectId: 950, objectTypeId: '0-19' }));
  expect((await stored('answer', '950'))?.links.contact).toEqual(['101']);
  await chain.clock.sleep(60_000);
  portal.update('feedback_submissions', '950', { hs_contact_id: '103' }, now());
  const moved = { objectId: 950, objectTypeId: '0-19', propertyName: 'hs_contact_id', propertyValue: '103' };
  await applyChanges(consumer('one'), told('object.propertyChange', moved));
  expect((await stored('answer', '950'))?.links.contact).toEqual(['103']);
});

test('a record that is deleted together with another leaves, though somebody reads its links meanwhile', async () => {
  const { portal } = chain.simulator;
  portal.archive('contacts', '104', now());
  portal.archive('deals', '701', now());
  const [contact, deal] = [told('contact.deletion', { objectId: 104 }), told('deal.deletion', { objectId: 701 })];
  const { crm } = chain.connector;
  const recordsOf: typeof crm.recordsOf = async (kind, ids) => {
    const answer = await crm.recordsOf(kind, ids);
    await chain.clock.sleep(50);
    if (kind === 'deal') await applyChanges(consumer('other'), contact);
    return answer;
  };
  await applyChanges(consumer('one', { crm: { ...crm, recordsOf } }), deal);
  expect(await stored('deal', '701')).toBeUndefined();
});

describe('links that were read before others were', () => {
  const ended = () =>
    told('ticket.associationChange', {
      fromObjectId: 501,
      toObjectId: 101,
      associationType: 'TICKET_TO_CONTACT',
      associationRemoved: true,
    });
  /** The link ends, and somebody else reads so. */
  const ends = async (): Promise<void> => {
    chain.simulator.portal.disassociate('tickets', '501', 'contacts', '101');
    await chain.clock.sleep(50);
    await applyChanges(consumer('other'), ended());
  };

  test('do not replace them where a record is read again', async () => {
    const { crm, store } = chain.connector;
    await noteDue({ store }, 'whole', { ticket: ['501'] });
    let isFirst = true;
    const linksOf: typeof crm.linksOf = async (kind, ids) => {
      const answer = await crm.linksOf(kind, ids);
      if (isFirst && kind === 'ticket') {
        isFirst = false;
        await ends();
      }
      return answer;
    };
    await readDue(consumer('one', { crm: { ...crm, linksOf } }));
    expect((await stored('ticket', '501'))?.links.contact).toBeUndefined();
  });

  test('do not replace them where they were read ahead', async () => {
    const { crm } = chain.connector;
    const { records } = await crm.recordsOf('ticket', ['501']);
    const knownLinks = { readAt: chain.clock.now(), links: await crm.linksOf('ticket', ['501']) };
    await ends();
    await applyRecords(consumer('one'), records, { relink: true, knownLinks });
    expect((await stored('ticket', '501'))?.links.contact).toBeUndefined();
  });

  test('of a record that is not kept yet mean that it is read whole', async () => {
    const deal = { id: '799', properties: { pipeline: 'default', dealstage: 'closedwon' } };
    chain.simulator.portal.create('deals', { ...deal, associations: { contacts: ['104'] } }, now());
    await noteDue(chain.connector, 'links', { deal: ['799'] });
    await readDue(consumer('one'));
    expect(await stored('deal', '799')).toMatchObject({ links: { contact: ['104'] } });
  });
});

test('deliveries that were applied do not come again because a record nobody told of cannot be read', async () => {
  const { crm, store } = chain.connector;
  await noteDue({ store }, 'whole', { ticket: ['501'] });
  const away = new HubSpotBusyError('HubSpot is away.', 'Try again later.');
  const recordsOf: typeof crm.recordsOf = (kind, ids) =>
    kind === 'ticket' ? Promise.reject(away) : crm.recordsOf(kind, ids);
  const delivery = (messageId: string, attempt: number, objectId: number): Delivery => ({
    messageId,
    attempt,
    content: {
      body: bodyOf('deal.propertyChange', { objectId, propertyName: 'dealname', propertyValue: 'Another name' }),
    },
  });
  const connector = { ...chain.connector, holder: 'one', crm: { ...crm, recordsOf } };
  const consumed = await consumeDeliveries(connector, [delivery('again', 2, 701), delivery('first', 1, 702)], { read });
  expect(consumed).toMatchObject({ failed: [], told: 2 });
  expect(await store.countNoted(dueList('ticket', 'whole'))).toBe(1);
});

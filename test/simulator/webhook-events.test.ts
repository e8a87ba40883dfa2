import { describe, expect, test } from 'vitest';
import { subscriptionsTo, type WebhookSubscription } from '#local/simulator/webhooks/subscriptions.ts';
import { asOf } from './small-portal.ts';
import { bigId, everything, start, type Telling, telling } from './telling.ts';

const at = '2026-09-02T10:00:00.000Z';
const occurredAt = Date.parse(at);
const ada = { changeSource: 'CRM_UI', sourceId: 'userId:9001' };
const common = { portalId: 4242, appId: 555, occurredAt, attemptNumber: 0, ...ada };
const base = '/crm/objects/2026-09';

/** What a change is told as, without the ids of events and subscriptions. */
async function toldOf(work: (telling: Telling) => unknown, subscriptions?: readonly WebhookSubscription[]) {
  const running = await telling(subscriptions ? { subscriptions } : {});
  await work(running);
  await running.hubspot.webhooks.settled();
  return running.told.events.map(({ eventId, subscriptionId, ...rest }) => {
    expect([typeof eventId, typeof subscriptionId]).toEqual(['number', 'number']);
    return rest;
  });
}

type Case = [title: string, work: (telling: Telling) => unknown, events: readonly object[]];
const changes: Case[] = [
  [
    'a new record',
    ({ hubspot: { portal } }) => portal.create('deals', { id: '4', properties: { amount: '9' } }, at),
    [{ subscriptionType: 'deal.creation', objectId: 4, changeFlag: 'CREATED' }],
  ],
  [
    'values that differ from those before, a cleared one as an empty string',
    ({ hubspot: { portal } }) => portal.update('contacts', '11', { phone: null, email: 'ann@x.org', fax: '7' }, at),
    [
      { subscriptionType: 'contact.propertyChange', objectId: 11, propertyName: 'phone', propertyValue: '' },
      { subscriptionType: 'contact.propertyChange', objectId: 11, propertyName: 'fax', propertyValue: '7' },
    ],
  ],
  [
    'dates in milliseconds, and a change of stage with what HubSpot sets but does not calculate',
    ({ hubspot: { portal } }) => portal.update('tickets', '5', { hs_pipeline_stage: '4' }, at),
    [
      {
        subscriptionType: 'ticket.propertyChange',
        objectId: 5,
        propertyName: 'hs_pipeline_stage',
        propertyValue: '4',
      },
      {
        subscriptionType: 'ticket.propertyChange',
        objectId: 5,
        propertyName: 'closed_date',
        propertyValue: String(occurredAt),
      },
    ],
  ],
  [
    'a record that goes to the recycle bin, once',
    ({ hubspot: { portal } }) => {
      portal.archive('companies', '77', at);
      portal.archive('companies', '77', at);
    },
    [{ subscriptionType: 'company.deletion', objectId: 77, changeFlag: 'DELETED' }],
  ],
  [
    'a record that comes back from it',
    ({ hubspot: { portal, webhooks } }) => {
      webhooks.silently(() => portal.archive('contacts', bigId, asOf));
      portal.restore('contacts', bigId, at, { touch: true });
      portal.restore('contacts', bigId, at);
    },
    [{ subscriptionType: 'contact.restore', objectId: bigId }],
  ],
  [
    'a merge, under the id of the record that came of it',
    ({ hubspot: { portal } }) => portal.merge('contacts', '11', '12', at),
    [
      {
        subscriptionType: 'contact.merge',
        objectId: '9007199254740994',
        primaryObjectId: 11,
        mergedObjectIds: [12],
        newObjectId: '9007199254740994',
        numberOfPropertiesMoved: 3,
      },
    ],
  ],
  [
    'a privacy deletion, as a deletion besides',
    ({ hubspot: { portal } }) => portal.erase('contacts', '11', at),
    [
      { subscriptionType: 'contact.privacyDeletion', objectId: 11 },
      { subscriptionType: 'contact.deletion', objectId: 11, changeFlag: 'DELETED' },
    ],
  ],
  [
    'an association from both ends',
    ({ hubspot: { portal } }) => portal.associate('tickets', '5', 'contacts', '11', { at }),
    [
      {
        subscriptionType: 'ticket.associationChange',
        associationType: 'TICKET_TO_CONTACT',
        fromObjectId: 5,
        toObjectId: 11,
        associationRemoved: false,
        isPrimaryAssociation: false,
      },
      {
        subscriptionType: 'contact.associationChange',
        associationType: 'CONTACT_TO_TICKET',
        fromObjectId: 11,
        toObjectId: 5,
        associationRemoved: false,
        isPrimaryAssociation: false,
      },
    ],
  ],
  [
    'the end of an association, and nothing where there was none',
    ({ hubspot: { portal, webhooks } }) => {
      webhooks.silently(() => portal.associate('deals', '3', 'companies', '77'));
      portal.disassociate('companies', '77', 'deals', '3', { at });
      portal.disassociate('companies', '78', 'deals', '3', { at });
    },
    [
      ['deal', 'DEAL_TO_COMPANY', 3, 77],
      ['company', 'COMPANY_TO_DEAL', 77, 3],
    ].map(([type, associationType, fromObjectId, toObjectId]) => ({
      subscriptionType: `${type}.associationChange`,
      associationType,
      fromObjectId,
      toObjectId,
      associationRemoved: true,
      isPrimaryAssociation: false,
    })),
  ],
  [
    'a primary company as a plain association too',
    ({ hubspot: { portal } }) => portal.associate('contacts', '11', 'companies', { id: '77', typeId: 1 }, { at }),
    [true, false].flatMap((isPrimaryAssociation) =>
      [
        ['contact', 'CONTACT_TO_COMPANY', 11, 77],
        ['company', 'COMPANY_TO_CONTACT', 77, 11],
      ].map(([type, associationType, fromObjectId, toObjectId]) => ({
        subscriptionType: `${type}.associationChange`,
        associationType,
        fromObjectId,
        toObjectId,
        associationRemoved: false,
        isPrimaryAssociation,
      })),
    ),
  ],
  [
    'an answer to a survey in the generic form, with what it is associated with',
    ({ hubspot: { portal } }) =>
      portal.create('feedback_submissions', { id: '42', associations: { contacts: ['11'] } }, at),
    [
      { subscriptionType: 'object.creation', objectTypeId: '0-19', objectId: 42, changeFlag: 'CREATED' },
      {
        subscriptionType: 'object.associationChange',
        fromObjectTypeId: '0-19',
        toObjectTypeId: '0-1',
        associationCategory: 'HUBSPOT_DEFINED',
        associationTypeId: 98,
        fromObjectId: 42,
        toObjectId: 11,
        associationRemoved: false,
        isPrimaryAssociation: false,
      },
    ],
  ],
  [
    'associations that classic subscriptions do not know, from the ends that have others',
    ({ hubspot: { portal } }) => {
      portal.associate('calls', '51', 'tickets', '5', { at });
      portal.associate('feedback_submissions', '41', 'calls', '51', { at });
    },
    [
      ['0-48', '0-5', 220, 51, 5],
      ['0-19', '0-48', 1155, 41, 51],
      ['0-48', '0-19', 1156, 51, 41],
    ].map(([fromObjectTypeId, toObjectTypeId, associationTypeId, fromObjectId, toObjectId]) => ({
      ...{ subscriptionType: 'object.associationChange', fromObjectTypeId, toObjectTypeId, associationTypeId },
      ...{ associationCategory: 'HUBSPOT_DEFINED', fromObjectId, toObjectId },
      ...{ associationRemoved: false, isPrimaryAssociation: false },
    })),
  ],
  [
    'values of calls and subscriptions in the generic form',
    ({ hubspot: { portal } }) => {
      portal.update('calls', '51', { hs_call_title: 'Hello' }, at);
      portal.archive('subscriptions', '61', at);
    },
    [
      {
        subscriptionType: 'object.propertyChange',
        objectTypeId: '0-48',
        objectId: 51,
        propertyName: 'hs_call_title',
        propertyValue: 'Hello',
        isSensitive: false,
      },
      { subscriptionType: 'object.deletion', objectTypeId: '0-69', objectId: 61, changeFlag: 'DELETED' },
    ],
  ],
];

test.each(changes)('%s', async (_title, work, events) => {
  const told = await toldOf(work);
  expect(told.length).toBe(events.length);
  for (const event of events) expect(told).toContainEqual({ ...common, ...event });
});

test.each<[string, (telling: Telling) => unknown]>([
  ['modified dates', ({ hubspot: { portal } }) => portal.touch('contacts', ['11', '12'], at)],
  [
    'modified dates that a change states',
    ({ hubspot: { portal } }) =>
      portal.update('contacts', '11', { hs_lastmodifieddate: at, lastmodifieddate: at, phone: '555' }, at),
  ],
  ['calculated values', ({ hubspot: { portal } }) => portal.recalculate('contacts', '11', { cx_score: '9' }, at)],
  [
    'values that a stage has',
    ({ hubspot: { portal } }) =>
      portal.changeStage({ type: 'tickets', pipeline: '0', stage: '1' }, { isClosed: 'true' }, at, { touch: true }),
  ],
  [
    'the emptying of the recycle bin',
    ({ hubspot: { portal, webhooks } }) => {
      webhooks.silently(() => portal.archive('tickets', '5', asOf));
      portal.purge('2027-01-01T00:00:00.000Z');
    },
  ],
  [
    'what is taken out of the recycle bin for good',
    ({ hubspot: { portal, webhooks } }) => {
      webhooks.silently(() => portal.archive('tickets', '5', asOf));
      portal.erase('tickets', '5', at);
    },
  ],
])('nothing is told of %s', async (_title, work) => {
  expect(await toldOf(work)).toEqual([]);
});

describe('the form of an event', () => {
  test('is generic for every object type where that was subscribed to, and both where both were', async () => {
    const generic = subscriptionsTo(everything, 'generic');
    const change = ({ hubspot: { portal } }: Telling) => portal.update('contacts', '11', { phone: '1' }, at);
    const value = { ...common, objectId: 11, propertyName: 'phone', propertyValue: '1' };
    const event = {
      ...value,
      subscriptionType: 'object.propertyChange',
      objectTypeId: '0-1',
      isSensitive: false,
    };
    expect(await toldOf(change, generic)).toEqual([event]);
    expect(await toldOf(change, [...generic, ...subscriptionsTo(everything)])).toEqual([
      event,
      { ...value, subscriptionType: 'contact.propertyChange' },
    ]);
    const merge = ({ hubspot: { portal } }: Telling) => portal.merge('companies', '77', '78', at);
    expect(await toldOf(merge, generic)).toMatchObject([
      { subscriptionType: 'object.merge', objectTypeId: '0-2', mergedObjectIds: [78], newObjectId: 79 },
    ]);
  });

  test('has digits of any length as numbers', async () => {
    const running = await telling();
    running.hubspot.portal.update('contacts', bigId, { phone: '1' }, at);
    await running.hubspot.webhooks.settled();
    expect(running.told.requests[0]?.body).toContain(`"objectId":${bigId},`);
  });

  test('is told of the properties and types subscribed to, while they are active', async () => {
    const running = await telling({
      subscriptions: [
        { subscriptionType: 'contact.propertyChange', propertyName: 'phone' },
        { subscriptionType: 'contact.propertyChange', propertyName: 'fax', active: false },
        { subscriptionType: 'object.creation', objectType: 'feedback_submission' },
      ],
    });
    const { portal, webhooks } = running.hubspot;
    portal.update('contacts', '11', { phone: '1', fax: '2', email: 'x@x.org' }, at);
    portal.create('calls', {}, at);
    portal.create('feedback_submissions', { properties: { hs_value: '9' } }, at);
    await webhooks.settled();
    const [phone, answer] = running.told.events;
    expect(running.told.events).toHaveLength(2);
    expect([phone.propertyName, answer.objectTypeId]).toEqual(['phone', '0-19']);
    expect(answer.subscriptionId - phone.subscriptionId).toBe(2);
  });

  test('gives the values of a new record and moments as they are, where that is asked for', async () => {
    const running = await telling({ valuesAtCreation: true, moments: 'ISO 8601' });
    const properties = { cx_day: '2026-08-01', cx_score: '', phone: '1' };
    running.hubspot.portal.create('contacts', { properties }, at);
    running.hubspot.portal.create('tickets', { properties: { hs_pipeline: '0', hs_pipeline_stage: '4' } }, at);
    await running.hubspot.webhooks.settled();
    expect(running.told.events.map((event) => [event.propertyName, event.propertyValue])).toEqual([
      [undefined, undefined],
      ['cx_day', '2026-08-01'],
      ['phone', '1'],
      [undefined, undefined],
      ['hs_pipeline', '0'],
      ['hs_pipeline_stage', '4'],
      ['closed_date', at],
    ]);
  });

  test.each([
    [{ subscriptionType: 'object.privacyDeletion', objectType: 'contact' }],
    [{ subscriptionType: 'company.privacyDeletion' }],
    [{ subscriptionType: 'call.creation' }],
    [{ subscriptionType: 'object.creation' }],
  ])('nobody can subscribe to %o', async (subscription) => {
    const { hubspot } = await telling();
    expect(() => hubspot.webhooks.subscribe([subscription])).toThrow(/Nobody can subscribe/);
  });
});

describe('what an app writes itself is told as its own', () => {
  const own = { portalId: 4242, appId: 555, occurredAt: start, changeSource: 'INTEGRATION', sourceId: '555' };
  test.each<[string, string, unknown, readonly string[]]>([
    ['PATCH', '/contacts/11', { properties: { cx_score: '3' } }, ['contact.propertyChange']],
    [
      'POST',
      '/contacts/batch/update',
      { inputs: [{ id: '11', properties: { cx_score: '3', cx_band: 'good' } }] },
      ['contact.propertyChange', 'contact.propertyChange'],
    ],
    [
      'POST',
      '/contacts',
      {
        properties: { email: 'new@x.org' },
        associations: [{ to: { id: '77' }, types: [{ associationTypeId: 279 }] }],
      },
      ['company.associationChange', 'contact.associationChange', 'contact.creation'],
    ],
    ['DELETE', '/tickets/5', undefined, ['ticket.deletion']],
    ['POST', '/companies/merge', { primaryObjectId: '77', objectIdToMerge: '78' }, ['company.merge']],
    ['POST', '/contacts/gdpr-delete', { objectId: '11' }, ['contact.deletion', 'contact.privacyDeletion']],
    [
      'PUT',
      '/tickets/5/associations/default/contacts/11',
      undefined,
      ['contact.associationChange', 'ticket.associationChange'],
    ],
  ])('%s %s', async (method, path, body, types) => {
    const told = await toldOf(({ call }) => call(method, base + path, body));
    expect(told.map(({ subscriptionType }) => subscriptionType).toSorted()).toEqual(types);
    for (const event of told) expect(event).toMatchObject(own);
  });

  test('a call that is done again after a restart is not told again', async () => {
    const calls: Parameters<Telling['hubspot']['replay']>[0][] = [];
    const first = await telling({}, { onChange: (call) => calls.push(call) });
    await first.call('PATCH', `${base}/contacts/11`, { properties: { cx_score: '3' } });
    expect(first.hubspot.webhooks.counts.events).toBe(1);
    const again = await telling();
    for (const call of calls) again.hubspot.replay(call);
    expect(again.hubspot.portal.records.contacts.get('11')?.properties.cx_score).toBe('3');
    expect(again.hubspot.webhooks.counts.events).toBe(0);
  });
});

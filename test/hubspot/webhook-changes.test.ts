import { describe, expect, test } from 'vitest';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { readConfig } from '#platform/read-config.ts';

const read = changeReader(readConfig({}));
const common = {
  eventId: 1,
  subscriptionId: 2,
  portalId: 1,
  appId: 9318066,
  occurredAt: 1_769_081_993_375,
  attemptNumber: 0,
};
type Event = Readonly<Record<string, unknown>>;
const readEvents = (...events: Event[]) => read(JSON.stringify(events.map((event) => ({ ...common, ...event }))), '1');
const change = (event: Event) => {
  const { changes, ignored, malformed } = readEvents(event);
  return changes[0] ?? { ignored, malformed };
};

describe('an event is read', () => {
  test.each([
    ['contact.creation', { objectId: 5, changeFlag: 'CREATED' }, { kind: 'contact', what: 'created' }],
    ['deal.deletion', { objectId: 5 }, { kind: 'deal', what: 'archived' }],
    ['company.restore', { objectId: 5 }, { kind: 'company', what: 'restored' }],
    ['contact.privacyDeletion', { objectId: 5 }, { kind: 'contact', what: 'erased' }],
    ['object.creation', { objectId: 5, objectTypeId: '0-19' }, { kind: 'answer', what: 'created' }],
    ['object.creation', { objectId: 5, objectTypeId: '0-5' }, { kind: 'ticket', what: 'created' }],
    ['object.deletion', { objectId: 5, objectTypeId: '0-48' }, { kind: 'call', what: 'archived' }],
  ])('%s', (subscriptionType, said, expected) => {
    expect(change({ subscriptionType, ...said })).toMatchObject({ id: '5', at: common.occurredAt, ...expected });
  });

  test('of a value that says it all, and of one from which HubSpot calculates others', () => {
    const told = { subscriptionType: 'ticket.propertyChange', objectId: 5 };
    expect(change({ ...told, propertyName: 'subject', propertyValue: 'Grüße 你好' })).toMatchObject({
      what: 'property',
      property: 'subject',
      value: 'Grüße 你好',
      suffices: true,
      isOutput: false,
    });
    expect(change({ ...told, propertyName: 'hs_pipeline_stage', propertyValue: '4' })).toMatchObject({
      suffices: false,
    });
    expect(change({ ...told, propertyName: 'subject', propertyValue: null })).toMatchObject({
      value: '',
      suffices: true,
    });
  });

  test.each([
    ['REDACTED in the classic form', { subscriptionType: 'contact.propertyChange', propertyValue: 'REDACTED' }],
    [
      'sensitive in the generic form',
      { subscriptionType: 'object.propertyChange', objectTypeId: '0-1', propertyValue: 'x', isSensitive: true },
    ],
  ])('whose value is %s: it is not told', (_, event) => {
    expect(change({ ...event, objectId: 5, propertyName: 'email' })).toMatchObject({ value: null, suffices: false });
  });

  test('that our own app wrote, by its id as text; a person or another app is somebody else', () => {
    const told = {
      subscriptionType: 'contact.propertyChange',
      objectId: 5,
      propertyName: 'cx_health_score',
      propertyValue: '1',
    };
    expect(change({ ...told, changeSource: 'INTEGRATION', sourceId: '9318066' })).toMatchObject({
      byUs: true,
      isOutput: true,
    });
    expect(change({ ...told, changeSource: 'INTEGRATION', sourceId: '1' })).toMatchObject({ byUs: false });
    expect(change({ ...told, changeSource: 'CRM_UI', sourceId: 'userId:9318066' })).toMatchObject({ byUs: false });
    expect(change(told)).toMatchObject({ byUs: false });
  });

  test('of a merge: into the record that is there afterwards', () => {
    const merge = { subscriptionType: 'contact.merge', objectId: 1, primaryObjectId: 1, mergedObjectIds: [2] };
    expect(change({ ...merge, newObjectId: 3, objectId: 3 })).toMatchObject({ id: '3', absorbed: ['1', '2'] });
    expect(change(merge)).toMatchObject({ id: '1', absorbed: ['2'], what: 'absorbed' });
  });

  test('of an association from either side, in either form: as the side that keeps the link has it', () => {
    const classic = {
      subscriptionType: 'contact.associationChange',
      fromObjectId: 1,
      toObjectId: 2,
      associationRemoved: false,
    };
    const kept = { kind: 'ticket', id: '2', what: 'linked', to: 'contact', other: '1' };
    expect(change({ ...classic, associationType: 'CONTACT_TO_TICKET' })).toMatchObject(kept);
    expect(change({ ...classic, fromObjectId: 2, toObjectId: 1, associationType: 'TICKET_TO_CONTACT' })).toMatchObject(
      kept,
    );
    const generic = { subscriptionType: 'object.associationChange', fromObjectTypeId: '0-1', toObjectTypeId: '0-5' };
    expect(
      change({ ...generic, fromObjectId: 1, toObjectId: 2, associationRemoved: true, isPrimaryAssociation: true }),
    ).toMatchObject({ ...kept, what: 'unlinked', isPrimary: true });
  });

  test('with ids beyond 2^53 to the last digit', () => {
    const body = `[{"eventId":1,"subscriptionId":2,"portalId":1,"occurredAt":1769081993375,"subscriptionType":"contact.creation","objectId":9223372036854775807}]`;
    expect(read(body, '1').changes).toMatchObject([{ id: '9223372036854775807' }]);
  });
});

describe('fingerprints', () => {
  const told = { subscriptionType: 'ticket.propertyChange', objectId: 5, propertyName: 'subject', propertyValue: 'A' };
  const fingerprint = (event: Event): unknown =>
    (change({ ...told, ...event }) as { fingerprint?: string }).fingerprint;

  test('are equal for deliveries of one event, whatever their ids and attempts', () => {
    expect(fingerprint({ eventId: 77, attemptNumber: 7, subscriptionId: 8 })).toBe(fingerprint({}));
  });

  test.each([{ propertyValue: 'B' }, { objectId: 6 }, { occurredAt: 1 }, { propertyName: 'source_type' }])(
    'differ where events do: %j',
    (other) => {
      expect(fingerprint(other)).not.toBe(fingerprint({}));
    },
  );
});

describe('an event is left alone', () => {
  test.each([
    ['of another portal', { subscriptionType: 'contact.creation', objectId: 5, portalId: 2 }],
    ['a property that is not read', { subscriptionType: 'contact.propertyChange', objectId: 5, propertyName: 'zip' }],
    ['conversation.newMessage, which is not read', { subscriptionType: 'conversation.newMessage', objectId: 5 }],
    [
      'object.creation of a kind that is not read',
      { subscriptionType: 'object.creation', objectId: 5, objectTypeId: '2-77' },
    ],
    [
      'an association with a kind that is not read',
      {
        subscriptionType: 'object.associationChange',
        fromObjectTypeId: '0-1',
        toObjectTypeId: '2-7',
        fromObjectId: 1,
        toObjectId: 2,
      },
    ],
  ])('%s', (because, event) => {
    expect(change(event)).toEqual({ ignored: { [because]: 1 }, malformed: [] });
  });
});

describe('what is malformed', () => {
  test.each([
    ['no JSON', '<html>'],
    ['cut off', '[{"eventId":1'],
    ['an object', '{}'],
    ['nothing', ''],
  ])('a body that is %s is kept whole with its reason', (_, body) => {
    expect(read(body, '1')).toEqual({
      changes: [],
      ignored: {},
      malformed: [{ raw: body, because: 'the body is not a JSON array of events' }],
    });
  });

  test('an event among good ones is kept for itself; the reason names the field and quotes no value', () => {
    const { changes, malformed } = readEvents(
      { subscriptionType: 'contact.creation', objectId: 5 },
      { subscriptionType: 'contact.creation', objectId: 'secret@example.com' },
      { subscriptionType: 'contact.merge', primaryObjectId: 1 },
      { subscriptionType: 17 },
    );
    expect(changes).toHaveLength(1);
    expect(malformed.map(({ because }) => because)).toEqual([
      'contact.creation is not as documented: objectId',
      'contact.merge is not as documented: mergedObjectIds',
      'an event is not as documented: subscriptionType',
    ]);
  });
});

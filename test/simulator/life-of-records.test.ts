import { describe, expect, test } from 'vitest';
import type { SimulatorOptions } from '#local/simulator/simulator.ts';
import { type Running, running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const later = '2026-09-02T10:00:00.000Z';
const generations = ['/crm/v3/objects', '/crm/objects/2026-03', '/crm/objects/2026-09'];
const base = '/crm/objects/2026-09';

const portal = () =>
  smallPortal({
    contacts: [
      record('11', { properties: { email: 'ann@x.org', firstname: 'Ann', phone: '' } }),
      record('12', {
        properties: { email: 'ben@x.org', phone: '555', lastname: 'B' },
        createdAt: '2025-01-01T00:00:00.000Z',
      }),
      record('13', { properties: { email: 'cat@x.org' } }),
    ],
    companies: [record('77'), record('78')],
    tickets: [
      record('5', { associations: { contacts: ['11'], companies: ['77'] } }),
      record('6', { associations: { contacts: ['12', '13'] } }),
    ],
    feedback_submissions: [
      record('41', {
        properties: { hs_value: '9', hs_contact_id: '11', hs_contact_firstname: 'Ann' },
        associations: { contacts: ['11'] },
      }),
      record('42', { properties: { hs_contact_id: '12', hs_contact_email_rollup: 'ben@x.org' } }),
    ],
  });

async function started(options: Partial<SimulatorOptions> = {}): Promise<Running> {
  const hubspot = await running(portal(), options);
  hubspot.clock.set(later);
  return hubspot;
}

/** Where a record can be met, and whether it is. */
async function whereIs(hubspot: Running, type: string, id: string) {
  const has = (answer: { body: { results: { id: string }[] } }) => answer.body.results.some((each) => each.id === id);
  const archivedRead = await hubspot.post(`${base}/${type}/batch/read?archived=true`, { inputs: [{ id }] });
  return {
    listed: has(await hubspot.get(`${base}/${type}?limit=100`)),
    searched: has(await hubspot.post(`${base}/${type}/search`, { limit: 100 })),
    batchRead: has(await hubspot.post(`${base}/${type}/batch/read`, { inputs: [{ id }] })),
    inBin: has(await hubspot.get(`${base}/${type}?limit=100&archived=true`)),
    batchReadInBin: has(archivedRead),
  };
}

const live = { listed: true, searched: true, batchRead: true, inBin: false, batchReadInBin: false };
const binned = { listed: false, searched: false, batchRead: false, inBin: true, batchReadInBin: true };
const gone = { listed: false, searched: false, batchRead: false, inBin: false, batchReadInBin: false };

const ticketsOf = async (hubspot: Running, contact: string) => {
  const { body } = await hubspot.post('/crm/associations/2026-09/contacts/tickets/batch/read', {
    inputs: [{ id: contact }],
  });
  return body.results.flatMap((each: { to: { toObjectId: number }[] }) => each.to.map(({ toObjectId }) => toObjectId));
};

describe('a new record', () => {
  test.each(generations)('%s answers 201 with an id above every other', async (path) => {
    const hubspot = await started({ appId: '555' });
    const { status, body } = await hubspot.post(`${path}/tickets`, {
      properties: { subject: 'Help', hs_pipeline: '0', hs_pipeline_stage: '1' },
      associations: [{ to: { id: '13' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 16 }] }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: '7', createdAt: later, updatedAt: later, properties: { subject: 'Help' } });
    expect(await whereIs(hubspot, 'tickets', '7')).toEqual(live);
    expect(await ticketsOf(hubspot, '13')).toEqual([6, 7]);
    const read = await hubspot.get(`${path}/tickets/7?propertiesWithHistory=subject`);
    expect(read.body.propertiesWithHistory.subject).toEqual([
      { value: 'Help', timestamp: later, sourceType: 'INTEGRATION', sourceId: '555' },
    ]);
  });

  test.each<[string, string, unknown, number, RegExp]>([
    [
      'without what a ticket needs',
      'tickets',
      { properties: { subject: 'x' } },
      400,
      /required properties were not set/,
    ],
    ['with an undefined property', 'contacts', { properties: { nope: '1' } }, 400, /PROPERTY_DOESNT_EXIST/],
    ['with an address somebody has', 'contacts', { properties: { email: 'ann@x.org' } }, 409, /Existing ID: 11/],
    [
      'associated with nobody',
      'contacts',
      { properties: {}, associations: [{ to: { id: '99' }, types: [{ associationTypeId: 279 }] }] },
      400,
      /not valid/,
    ],
    ['of a read-only type', 'feedback_submissions', { properties: {} }, 405, /405/],
  ])('%s is refused', async (_title, type, body, status, message) => {
    const hubspot = await started();
    const answer = await hubspot.post(`${base}/${type}`, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(message);
  });
});

describe('the recycle bin', () => {
  test.each(generations)(
    '%s takes records one by one or in a batch, again and again with the same result',
    async (path) => {
      const hubspot = await started();
      expect((await hubspot.send('DELETE', `${path}/contacts/11`)).status).toBe(204);
      hubspot.clock.pass(1_000);
      expect((await hubspot.send('DELETE', `${path}/contacts/11`)).status).toBe(204);
      const inputs = [{ id: '11' }, { id: '12' }, { id: '999' }];
      expect((await hubspot.post(`${path}/contacts/batch/archive`, { inputs })).status).toBe(204);
      expect(await whereIs(hubspot, 'contacts', '11')).toEqual(binned);
      const bin = await hubspot.get(`${path}/contacts?archived=true`);
      expect(bin.body.results.map((each: { id: string; archivedAt: string }) => [each.id, each.archivedAt])).toEqual([
        ['11', later],
        ['12', '2026-09-02T10:00:01.000Z'],
      ]);
      expect(bin.body.results[0].properties.lastmodifieddate).toBe('2026-06-01T00:00:00.000Z');
      expect(await ticketsOf(hubspot, '11')).toEqual([]);
    },
  );

  test.each([
    [{ touch: true }, '2026-09-03T00:00:00.000Z'],
    [{ touch: false }, '2026-06-01T00:00:00.000Z'],
  ])('what is restored has its associations back, with %o modified at %s', async (option, modified) => {
    const hubspot = await started();
    hubspot.portal.archive('contacts', '11', later);
    hubspot.portal.restore('contacts', '11', '2026-09-03T00:00:00.000Z', option);
    expect(await whereIs(hubspot, 'contacts', '11')).toEqual(live);
    expect(await ticketsOf(hubspot, '11')).toEqual([5]);
    const { body } = await hubspot.get(`${base}/contacts/11`);
    expect(body).toMatchObject({ archived: false, updatedAt: modified, properties: { lastmodifieddate: modified } });
    expect(body.archivedAt).toBeUndefined();
  });

  test('is emptied of what lay there for 90 days when time passes', async () => {
    const hubspot = await started();
    hubspot.portal.archive('contacts', '11', later);
    hubspot.portal.archive('contacts', '11', '2026-09-05T00:00:00.000Z');
    hubspot.advance('2026-12-01T09:59:59.999Z');
    expect(await whereIs(hubspot, 'contacts', '11')).toEqual(binned);
    hubspot.advance('2026-12-01T10:00:00.000Z');
    expect(await whereIs(hubspot, 'contacts', '11')).toEqual(gone);
    expect(hubspot.portal.associations.has('tickets', '5', 'contacts', '11')).toBe(false);
  });
});

describe('a merge', () => {
  test.each(generations)('%s/contacts/merge makes a third record of two', async (path) => {
    const hubspot = await started();
    const { status, body } = await hubspot.post(`${path}/contacts/merge`, {
      primaryObjectId: '11',
      objectIdToMerge: '12',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: '14', updatedAt: later, properties: { hs_merged_object_ids: '11;12' } });
    const names = 'email,firstname,lastname,phone,createdate';
    const read = await hubspot.get(
      `${path}/contacts/14?properties=${names}&propertiesWithHistory=hs_merged_object_ids`,
    );
    expect(read.body.createdAt).toBe('2025-01-01T00:00:00.000Z');
    expect(read.body.properties).toMatchObject({ email: 'ann@x.org', firstname: 'Ann', lastname: 'B', phone: '555' });
    expect(await ticketsOf(hubspot, '14')).toEqual([5, 6]);
    for (const old of ['11', '12']) {
      expect(await whereIs(hubspot, 'contacts', old)).toEqual(gone);
      expect((await hubspot.get(`${path}/contacts/${old}`)).body.id).toBe('14');
      expect(await ticketsOf(hubspot, old)).toEqual([]);
    }
    expect(hubspot.portal.records.tickets.get('5')?.updatedAt).toBe('2026-06-01T00:00:00.000Z');
  });

  test.each([
    ['13', '14'],
    ['14', '13'],
  ])(
    'of %s and %s, one of them merged before, lists every id there ever was',
    async (primaryObjectId, objectIdToMerge) => {
      const hubspot = await started();
      hubspot.portal.merge('contacts', '11', '12', later);
      const { body } = await hubspot.post(`${base}/contacts/merge`, { primaryObjectId, objectIdToMerge });
      expect(body).toMatchObject({ id: '15', properties: { hs_merged_object_ids: '11;12;13;14' } });
      const patched = await hubspot.send('PATCH', `${base}/contacts/12`, { properties: { cx_score: '3' } });
      expect(patched.body.id).toBe('15');
      expect(await ticketsOf(hubspot, '15')).toEqual([5, 6]);
    },
  );

  test('keeps one primary company, the other one stays as a plain association', async () => {
    const contacts = [
      record('1', { associations: { companies: [{ id: '77', typeId: 1 }] } }),
      record('2', { associations: { companies: [{ id: '78', typeId: 1 }] } }),
    ];
    const hubspot = await running(smallPortal({ contacts, companies: [record('77'), record('78')] }));
    hubspot.portal.merge('contacts', '1', '2', later);
    const types = hubspot.portal
      .associated('contacts', '3', 'companies')
      .map(({ id, types }) => [id, types.map(({ typeId }) => typeId)]);
    expect(types).toEqual([
      ['77', [279, 1]],
      ['78', [279]],
    ]);
  });

  test.each([
    ['contacts', '11', '11', 400],
    ['contacts', '11', '999', 404],
    ['feedback_submissions', '41', '42', 405],
  ])('of %s %s and %s is refused', async (type, primaryObjectId, objectIdToMerge, status) => {
    const hubspot = await started();
    expect((await hubspot.post(`${base}/${type}/merge`, { primaryObjectId, objectIdToMerge })).status).toBe(status);
  });
});

describe('a privacy deletion', () => {
  const byId = { objectId: '11' };
  const byAddress = { objectId: 'ANN@x.org', idProperty: 'email' };
  test.each(generations.flatMap((path) => [byId, byAddress].map((body) => [path, body] as const)))(
    '%s/contacts/gdpr-delete with %o leaves nothing of the person',
    async (path, body) => {
      const hubspot = await started();
      expect((await hubspot.post(`${path}/contacts/gdpr-delete`, body)).status).toBe(204);
      expect(await whereIs(hubspot, 'contacts', '11')).toEqual(gone);
      expect((await hubspot.get(`${path}/contacts/11`)).status).toBe(404);
      expect(JSON.stringify(hubspot.snapshot())).not.toMatch(/ann/i);
      const answer = hubspot.portal.records.feedback_submissions.get('41');
      expect(answer).toMatchObject({ updatedAt: later, properties: { hs_value: '9', hs_contact_id: '' } });
      expect(hubspot.portal.records.feedback_submissions.get('42')?.updatedAt).not.toBe(later);
    },
  );

  test('reaches the recycle bin and the answers given before a merge', async () => {
    const hubspot = await started();
    const { id } = hubspot.portal.merge('contacts', '12', '13', later);
    hubspot.portal.archive('contacts', id, later);
    expect((await hubspot.post(`${base}/contacts/gdpr-delete`, { objectId: id })).status).toBe(204);
    expect(await whereIs(hubspot, 'contacts', id)).toEqual(gone);
    expect((await hubspot.get(`${base}/contacts/12`)).status).toBe(404);
    expect(hubspot.portal.records.feedback_submissions.get('42')?.properties.hs_contact_email_rollup).toBe('');
    expect(hubspot.portal.create('contacts', {}, later).id).toBe('15');
  });

  test.each([
    ['contacts', { objectId: '999' }, 404],
    ['contacts', { objectId: 'nobody@x.org', idProperty: 'email' }, 204],
    ['companies', { objectId: '77' }, 404],
  ])('of %s %o answers %i', async (type, body, status) => {
    const hubspot = await started();
    expect((await hubspot.post(`${base}/${type}/gdpr-delete`, body)).status).toBe(status);
    expect(hubspot.portal.records.companies.size).toBe(2);
  });
});

test('a calculated value changes and no modified date moves', async () => {
  const hubspot = await started();
  hubspot.portal.recalculate('contacts', '11', { cx_score: '9' }, later);
  const { body } = await hubspot.get(`${base}/contacts/11?properties=cx_score&propertiesWithHistory=cx_score`);
  expect(body).toMatchObject({
    updatedAt: '2026-06-01T00:00:00.000Z',
    properties: { cx_score: '9', lastmodifieddate: '2026-06-01T00:00:00.000Z' },
    propertiesWithHistory: { cx_score: [{ value: '9', timestamp: later, sourceType: 'CALCULATED' }] },
  });
});

test('a bulk job stamps records with one millisecond and changes nothing else', async () => {
  const hubspot = await started();
  const before = hubspot.portal.records.contacts.get('13');
  hubspot.portal.touch('contacts', ['11', '13'], later);
  expect(hubspot.portal.records.contacts.get('13')).toEqual({ ...before, updatedAt: later });
  const filters = [{ propertyName: 'lastmodifieddate', operator: 'EQ', value: later }];
  const { body } = await hubspot.post(`${base}/contacts/search`, { filterGroups: [{ filters }] });
  expect(body.results.map((each: { id: string }) => each.id)).toEqual(['11', '13']);
});

test('tens of records stamped together are found by their new date and no longer by their old one', async () => {
  const many = Array.from({ length: 400 }, (_, index) => record(String(index + 1)));
  const hubspot = await running(smallPortal({ contacts: many }), { limits: 'off' });
  const count = async (value: string) => {
    const filters = [{ propertyName: 'lastmodifieddate', operator: 'EQ', value }];
    return (await hubspot.post(`${base}/contacts/search`, { filterGroups: [{ filters }] })).body.total;
  };
  expect([await count('2026-06-01T00:00:00.000Z'), await count(later)]).toEqual([400, 0]);
  const touch = (from: number, to: number, at: string) =>
    hubspot.portal.touch(
      'contacts',
      many.slice(from, to).map(({ id }) => id),
      at,
    );
  touch(0, 100, later);
  expect([await count('2026-06-01T00:00:00.000Z'), await count(later)]).toEqual([300, 100]);
  touch(100, 170, '2026-09-03T00:00:00.000Z');
  hubspot.portal.archive('contacts', '1', '2026-09-03T00:00:00.000Z');
  expect([await count(later), await count('2026-09-03T00:00:00.000Z')]).toEqual([99, 70]);
});

test('each of these needs the scope to write, and what they changed can be done again on a fresh portal', async () => {
  const calls: [string, string, unknown?][] = [
    ['POST', `${base}/companies`, { properties: { name: 'New' } }],
    ['DELETE', `${base}/companies/78`],
    ['POST', `${base}/contacts/batch/archive`, { inputs: [{ id: '13' }] }],
    ['POST', `${base}/contacts/merge`, { primaryObjectId: '11', objectIdToMerge: '12' }],
    ['PUT', `${base}/contacts/14/associations/default/companies/77`],
    ['POST', `${base}/contacts/gdpr-delete`, { objectId: '13' }],
    ['DELETE', `${base}/tickets/5/associations/companies/77`],
  ];
  const changes: Parameters<NonNullable<SimulatorOptions['onChange']>>[0][] = [];
  const first = await started({ onChange: (call) => changes.push(call) });
  for (const call of calls) expect((await first.send(...call)).status).toBeLessThan(300);
  const second = await started();
  for (const call of changes) second.replay(call);
  expect(changes).toHaveLength(calls.length);
  expect(second.snapshot()).toEqual(first.snapshot());

  const reader = await started({ scopes: ['crm.objects.contacts.read', 'crm.objects.companies.read'] });
  const before = reader.snapshot();
  for (const call of calls) expect((await reader.send(...call)).status).toBe(403);
  expect(reader.snapshot()).toEqual(before);
});

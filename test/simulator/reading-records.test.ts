import { expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const contacts = [
  record('512', { properties: { email: 'a@b.c', firstname: 'Ann' } }),
  record('9', { properties: { email: 'nine@b.c' } }),
  record('90071992547409931', { properties: { email: 'big@b.c' } }),
  record('600', { properties: { email: 'gone@b.c' }, archived: true, archivedAt: '2026-07-01T00:00:00.000Z' }),
];

test('a list comes in the numeric order of ids, beyond 2^53 too, and its cursor is the next id', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const first = await hubspot.get('/crm/objects/2026-09/contacts?limit=2');
  expect(first.body.results.map((each: { id: string }) => each.id)).toEqual(['9', '512']);
  expect(first.body.paging.next).toEqual({
    after: '513',
    link: `${hubspot.url}/crm/objects/2026-09/contacts?limit=2&after=513`,
  });
  const second = await hubspot.get('/crm/objects/2026-09/contacts?limit=2&after=513');
  expect(second.body.results.map((each: { id: string }) => each.id)).toEqual(['90071992547409931']);
  expect(second.body.paging).toBeUndefined();
});

test('a record has null for a defined but unset property and nothing for an undefined one', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { body } = await hubspot.get('/crm/v3/objects/contacts?properties=email,cx_score&properties=no_such_thing');
  expect(body.results[1]).toEqual({
    id: '512',
    properties: {
      email: 'a@b.c',
      cx_score: null,
      createdate: '2026-01-01T00:00:00.000Z',
      lastmodifieddate: '2026-06-01T00:00:00.000Z',
      hs_object_id: '512',
    },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-06-01T00:00:00.000Z',
    archived: false,
    url: 'https://app.hubspot.com/contacts/4242/record/0-1/512',
  });
});

test('old and dated paths answer alike, with or without a trailing slash and by singular or numeric type name', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { body } = await hubspot.get('/crm/objects/2026-09/contacts/512');
  for (const path of ['/crm/v3/objects/contacts/512/', '/crm/objects/2026-03/contact/512', '/crm/v3/objects/0-1/512']) {
    expect((await hubspot.get(path)).body).toEqual(body);
  }
});

test('archived records are listed only when asked for and are otherwise not found', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { body } = await hubspot.get('/crm/objects/2026-09/contacts?archived=true');
  expect(body.results).toHaveLength(1);
  expect(body.results[0]).toMatchObject({ id: '600', archived: true, archivedAt: '2026-07-01T00:00:00.000Z' });
  const gone = await hubspot.get('/crm/objects/2026-09/contacts/600');
  expect(gone.status).toBe(404);
  expect(gone.body).toMatchObject({ status: 'error', message: 'resource not found' });
});

test('a page holds 100 records, or 50 with history', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const statusOf = async (query: string) => (await hubspot.get(`/crm/objects/2026-09/contacts?${query}`)).status;
  expect(await statusOf('limit=100')).toBe(200);
  expect(await statusOf('limit=101')).toBe(400);
  expect(await statusOf('limit=50&propertiesWithHistory=email')).toBe(200);
  expect(await statusOf('limit=51&propertiesWithHistory=email')).toBe(400);
});

test('property history comes newest first', async () => {
  const history = {
    hs_pipeline_stage: [
      { value: '4', timestamp: '2026-02-01T00:00:00.000Z', sourceType: 'CRM_UI', sourceId: 'userId:1' },
      { value: '1', timestamp: '2026-01-01T00:00:00.000Z', sourceType: 'CRM_UI' },
    ],
  };
  const tickets = [record('1', { properties: { hs_pipeline_stage: '4' }, propertiesWithHistory: history })];
  const hubspot = await running(smallPortal({ tickets }));
  const { body } = await hubspot.get('/crm/objects/2026-09/tickets?propertiesWithHistory=hs_pipeline_stage');
  expect(body.results[0].propertiesWithHistory).toEqual(history);
});

test('a contact is found by its address and by the id of a record merged into it', async () => {
  const merged = record('700', { properties: { email: 'm@b.c', hs_merged_object_ids: '5;6' } });
  const hubspot = await running(smallPortal({ contacts: [...contacts, merged] }));
  expect((await hubspot.get('/crm/objects/2026-09/contacts/A%40b.c?idProperty=email')).body.id).toBe('512');
  expect((await hubspot.get('/crm/objects/2026-09/contacts/6')).body.id).toBe('700');
});

test('a batch read with unknown ids is a 207 that names them in one error', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const inputs = [{ id: '512' }, { id: '9999' }];
  const { status, body } = await hubspot.post('/crm/objects/2026-09/contacts/batch/read', {
    inputs,
    properties: ['email'],
  });
  expect(status).toBe(207);
  expect(body).toMatchObject({ status: 'COMPLETE', numErrors: 1, results: [{ id: '512' }] });
  expect(body.errors).toEqual([
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
      context: { ids: ['9999'] },
    },
  ]);
});

test('a batch read of more than 100 records is refused', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
  const { status, body } = await hubspot.post('/crm/objects/2026-09/contacts/batch/read', { inputs, properties: [] });
  expect(status).toBe(400);
  expect(body.category).toBe('VALIDATION_ERROR');
});

test('a primary company appears twice in a record read with its associations', async () => {
  const hubspot = await running(
    smallPortal({
      contacts: [record('1', { associations: { companies: [{ id: '77', typeId: 1 }, '78'] } })],
      companies: [record('77'), record('78')],
    }),
  );
  const { body } = await hubspot.get('/crm/v3/objects/contacts/1?associations=companies&associations=tickets');
  expect(body.associations).toEqual({
    companies: {
      results: [
        { id: '77', type: 'contact_to_company_unlabeled' },
        { id: '77', type: 'contact_to_company' },
        { id: '78', type: 'contact_to_company_unlabeled' },
      ],
    },
  });
});

test('a request line beyond what HubSpot takes is answered 414', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  expect((await hubspot.get(`/crm/v3/objects/contacts?properties=${'x'.repeat(16_300)}`)).status).toBe(414);
});

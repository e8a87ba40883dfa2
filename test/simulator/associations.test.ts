import { expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const portal = () =>
  smallPortal({
    contacts: [record('11'), record('90071992547409931'), record('13', { archived: true })],
    companies: [record('77')],
    tickets: [
      record('5', {
        associations: { contacts: ['90071992547409931', '11', '13'], companies: [{ id: '77', typeId: 26 }] },
      }),
      record('6'),
    ],
  });

const paths = ['/crm/v4/associations', '/crm/associations/2026-03', '/crm/associations/2026-09'];

test.each(paths)('%s answers those with associations and counts the others as errors of a 207', async (path) => {
  const hubspot = await running(portal());
  const { status, body, text } = await hubspot.post(`${path}/tickets/contacts/batch/read`, {
    inputs: [{ id: '5' }, { id: '6' }],
  });
  expect(status).toBe(207);
  expect(text).toContain('"toObjectId":90071992547409931,');
  expect(body.results[0].from).toEqual({ id: '5' });
  expect(body.results[0].to[0]).toEqual({
    toObjectId: 11,
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 16, label: null }],
  });
  expect(body.results[0].to).toHaveLength(2);
  expect(body.numErrors).toBe(1);
  expect(body.errors).toEqual([
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
      message: 'No contact is associated with ticket 6.',
      context: { fromObjectId: ['6'], fromObjectType: ['ticket'], toObjectType: ['contact'] },
    },
  ]);
});

test('an association is known from both ends, a primary company under two types', async () => {
  const hubspot = await running(portal());
  const there = await hubspot.post('/crm/v4/associations/ticket/company/batch/read', { inputs: [{ id: '5' }] });
  expect(there.status).toBe(200);
  expect(there.body.results[0].to[0].associationTypes).toEqual([
    { category: 'HUBSPOT_DEFINED', typeId: 339, label: null },
    { category: 'HUBSPOT_DEFINED', typeId: 26, label: 'Primary' },
  ]);
  const back = await hubspot.post('/crm/v4/associations/0-2/0-5/batch/read', { inputs: [{ id: '77' }] });
  expect(back.body.results[0].to[0].associationTypes.map((each: { typeId: number }) => each.typeId)).toEqual([340, 25]);
});

test('each input has pages of its own, followed by handing its cursor back', async () => {
  const hubspot = await running(portal(), { pageSizes: { associationsPerPage: 1 } });
  const path = '/crm/associations/2026-09/tickets/contacts/batch/read';
  const first = await hubspot.post(path, { inputs: [{ id: '5' }] });
  const { after } = first.body.results[0].paging.next;
  const second = await hubspot.post(path, { inputs: [{ id: '5', after }] });
  expect(first.body.results[0].to[0].toObjectId).toBe(11);
  expect(second.text).toContain('90071992547409931');
  expect(second.body.results[0].paging).toBeUndefined();
});

test('one record can be asked on the v4 and 2026-03 paths, and no longer on 2026-09', async () => {
  const hubspot = await running(portal());
  for (const base of ['/crm/v4/objects', '/crm/objects/2026-03']) {
    const { body } = await hubspot.get(`${base}/contacts/11/associations/tickets`);
    expect(body).toEqual({
      results: [{ toObjectId: 5, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 15, label: null }] }],
    });
  }
  expect((await hubspot.get('/crm/objects/2026-09/contacts/11/associations/tickets')).status).toBe(404);
});

test('more than 1,000 inputs are refused', async () => {
  const hubspot = await running(portal());
  const inputs = Array.from({ length: 1_001 }, (_, index) => ({ id: String(index) }));
  expect((await hubspot.post('/crm/v4/associations/tickets/contacts/batch/read', { inputs })).status).toBe(400);
});

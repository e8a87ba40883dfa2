import { expect, test } from 'vitest';
import { type Running, running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const portal = () =>
  smallPortal({
    contacts: [record('11'), record('12', { archived: true })],
    companies: [record('77')],
    tickets: [record('5', { associations: { contacts: ['11', '12'] } }), record('6')],
  });
const batches = ['/crm/v4/associations', '/crm/associations/2026-03', '/crm/associations/2026-09'];
const singles = ['/crm/v4/objects', '/crm/objects/2026-03', '/crm/objects/2026-09'];

/** Ids at the other end with their type ids. */
async function linked(hubspot: Running, from: string, id: string, to: string): Promise<Record<string, number[]>> {
  const { body } = await hubspot.post(`/crm/associations/2026-09/${from}/${to}/batch/read`, { inputs: [{ id }] });
  const targets = body.results.flatMap((each: { to: unknown[] }) => each.to);
  return Object.fromEntries(
    targets.map((each: { toObjectId: number; associationTypes: { typeId: number }[] }) => [
      each.toObjectId,
      each.associationTypes.map(({ typeId }) => typeId),
    ]),
  );
}

const modified = ({ portal: { records } }: Running) =>
  [records.contacts, records.companies, records.tickets].flatMap((each) =>
    each.all().map(({ updatedAt }) => updatedAt),
  );

test.each(batches)('%s associates under the types named, and under the plain one', async (path) => {
  const hubspot = await running(portal());
  hubspot.clock.pass(60_000);
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 26 }];
  const primary = await hubspot.post(`${path}/tickets/companies/batch/create`, {
    inputs: [{ from: { id: '6' }, to: { id: '77' }, types }],
  });
  expect(primary.status).toBe(201);
  expect(primary.body.results).toEqual([
    { fromObjectTypeId: '0-5', fromObjectId: '6', toObjectTypeId: '0-2', toObjectId: '77', labels: ['Primary'] },
  ]);
  const plain = await hubspot.post(`${path}/contacts/tickets/batch/associate/default`, {
    inputs: [{ from: { id: '11' }, to: { id: '6' } }],
  });
  expect(plain.status).toBe(200);
  expect(plain.body.results).toMatchObject([
    { from: { id: '11' }, to: { id: '6' }, associationSpec: { associationTypeId: 15 } },
    { from: { id: '6' }, to: { id: '11' }, associationSpec: { associationTypeId: 16 } },
  ]);
  expect(await linked(hubspot, 'tickets', '6', 'companies')).toEqual({ 77: [339, 26] });
  expect(await linked(hubspot, 'companies', '77', 'tickets')).toEqual({ 6: [340, 25] });
  expect(await linked(hubspot, 'tickets', '6', 'contacts')).toEqual({ 11: [16] });
  expect(new Set(modified(hubspot))).toEqual(new Set(['2026-06-01T00:00:00.000Z']));
});

test.each([
  ['/crm/v4/associations', 204],
  ['/crm/associations/2026-03', 200],
  ['/crm/associations/2026-09', 200],
])('%s takes associations away and answers %i, whether there were any or not', async (path, expected) => {
  const hubspot = await running(portal());
  const inputs = [{ from: { id: '5' }, to: [{ id: '11' }, { id: '999' }] }];
  expect((await hubspot.post(`${path}/tickets/contacts/batch/archive`, { inputs })).status).toBe(expected);
  expect(await linked(hubspot, 'tickets', '5', 'contacts')).toEqual({});
  expect(await linked(hubspot, 'contacts', '11', 'tickets')).toEqual({});
});

test.each(singles)('%s changes the associations of one record', async (path) => {
  const hubspot = await running(portal());
  const pair = `${path}/tickets/6/associations/companies/77`;
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 26 }];
  expect((await hubspot.send('PUT', `${path}/tickets/6/associations/default/contacts/11`)).status).toBe(200);
  expect((await hubspot.send('PUT', pair, types)).status).toBe(201);
  expect(await linked(hubspot, 'tickets', '6', 'contacts')).toEqual({ 11: [16] });
  expect(await linked(hubspot, 'tickets', '6', 'companies')).toEqual({ 77: [339, 26] });
  expect((await hubspot.send('DELETE', pair)).status).toBe(204);
  expect((await hubspot.send('DELETE', pair)).status).toBe(204);
  expect(await linked(hubspot, 'tickets', '6', 'companies')).toEqual({});
});

test('a pair without one of its records is an error of a 207 and leaves the others alone', async () => {
  const hubspot = await running(portal());
  const { status, body } = await hubspot.post('/crm/associations/2026-09/tickets/contacts/batch/associate/default', {
    inputs: [
      { from: { id: '6' }, to: { id: '12' } },
      { from: { id: '6' }, to: { id: '11' } },
    ],
  });
  expect(status).toBe(207);
  expect(body).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND', context: { id: ['12'] } }] });
  expect(await linked(hubspot, 'tickets', '6', 'contacts')).toEqual({ 11: [16] });
});

test.each<[string, string, unknown, number]>([
  ['PUT', '/tickets/6/associations/default/contacts/12', undefined, 404],
  [
    'PUT',
    '/tickets/6/associations/contacts/11',
    [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }],
    400,
  ],
  ['PUT', '/tickets/6/associations/contacts/11', {}, 400],
  ['PUT', '/calls/1/associations/default/subscriptions/1', undefined, 400],
])('%s %s is refused', async (method, path, body, status) => {
  const hubspot = await running(portal());
  expect((await hubspot.send(method, `/crm/objects/2026-09${path}`, body)).status).toBe(status);
});

import { expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const base = '/crm/objects/2026-09/contacts';
const sizes = {
  list: 5,
  listWithHistory: 3,
  search: 4,
  searchResults: 8,
  associationsPerPage: 2,
  associationBatch: 2,
  associationChanges: 2,
  objectBatch: 3,
};
const contacts = Array.from({ length: 12 }, (_, index) => record(String(index + 1)));
const inputs = (count: number) => ({ inputs: contacts.slice(0, count).map(({ id }) => ({ id })) });
const pairs = (count: number) => ({
  inputs: contacts.slice(0, count).map(({ id }) => ({ from: { id: '5' }, to: { id } })),
});

test.each<[string, string, unknown, string, unknown]>([
  ['GET', `${base}?limit=5`, undefined, `${base}?limit=6`, undefined],
  [
    'GET',
    `${base}?limit=3&propertiesWithHistory=email`,
    undefined,
    `${base}?limit=4&propertiesWithHistory=email`,
    undefined,
  ],
  ['POST', `${base}/search`, { limit: 4 }, `${base}/search`, { limit: 5 }],
  ['POST', `${base}/search`, { limit: 4, after: '4' }, `${base}/search`, { limit: 4, after: '5' }],
  ['POST', `${base}/batch/read`, inputs(3), `${base}/batch/read`, inputs(4)],
  ['POST', `${base}/batch/archive`, inputs(3), `${base}/batch/archive`, inputs(4)],
  ...['read', 'associate/default'].map((operation): [string, string, unknown, string, unknown] => {
    const path = `/crm/associations/2026-09/tickets/contacts/batch/${operation}`;
    return ['POST', path, (operation === 'read' ? inputs : pairs)(2), path, (operation === 'read' ? inputs : pairs)(3)];
  }),
])('%s %s is as much as may be asked for where the portal takes less', async (method, path, body, beyond, tooMuch) => {
  const hubspot = await running(smallPortal({ contacts, tickets: [record('5')] }), { pageSizes: sizes });
  expect((await hubspot.send(method, path, body)).status).toBeLessThan(300);
  expect((await hubspot.send(method, beyond, tooMuch)).status).toBe(400);
});

test('HubSpot reads 100 records a call, 50 with their history', async () => {
  const many = Array.from({ length: 101 }, (_, index) => record(String(index + 1)));
  const hubspot = await running(smallPortal({ contacts: many }));
  const status = async (count: number, rest = {}) =>
    (await hubspot.post(`${base}/batch/read`, { inputs: many.slice(0, count).map(({ id }) => ({ id })), ...rest }))
      .status;
  expect([await status(100), await status(101)]).toEqual([200, 400]);
  const history = { propertiesWithHistory: ['email'] };
  expect([await status(50, history), await status(51, history)]).toEqual([200, 400]);
});

test('pages that name no limit are no longer than the longest', async () => {
  const hubspot = await running(smallPortal({ contacts }), { pageSizes: sizes });
  expect((await hubspot.get(base)).body.results).toHaveLength(5);
  expect((await hubspot.post(`${base}/search`, {})).body.results).toHaveLength(4);
});

import { describe, expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const path = '/crm/objects/2026-09/contacts/search';
const ids = (body: { results: { id: string }[] }) => body.results.map((each) => each.id);
const filtered = (...filters: Record<string, unknown>[]) => ({ filterGroups: [{ filters }] });

const contacts = [
  record('1', {
    properties: { email: 'ann@x.org', firstname: 'Ann', cx_score: '9', cx_band: 'good' },
    updatedAt: '2026-06-01T00:00:00.000Z',
  }),
  record('20', {
    properties: { email: 'ben@y.org', firstname: 'Ben', cx_score: '10', cx_band: 'bad' },
    updatedAt: '2026-06-02T00:00:00.000Z',
  }),
  record('300', { properties: { email: 'cat@y.org', firstname: 'Cat' }, updatedAt: '2026-06-03T00:00:00.000Z' }),
  record('4000', { archived: true }),
];

test('a search answers total, results and a cursor that counts rows, with the default properties', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { body } = await hubspot.post(path, { limit: 1 });
  expect(body).toMatchObject({ total: 3, paging: { next: { after: '1' } } });
  expect(body.results[0].properties).toEqual({
    createdate: '2026-01-01T00:00:00.000Z',
    email: 'ann@x.org',
    firstname: 'Ann',
    hs_object_id: '1',
    lastmodifieddate: '2026-06-01T00:00:00.000Z',
    lastname: null,
  });
  const last = await hubspot.post(path, { limit: 1, after: 2 });
  expect(ids(last.body)).toEqual(['300']);
  expect(last.body.paging).toBeUndefined();
});

describe('operators', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['EQ compares text without case', { propertyName: 'email', operator: 'EQ', value: 'ANN@x.org' }, ['1']],
    ['EQ compares enumerations with case', { propertyName: 'cx_band', operator: 'EQ', value: 'GOOD' }, []],
    ['NEQ leaves out unset values', { propertyName: 'cx_band', operator: 'NEQ', value: 'good' }, ['20']],
    ['GT compares numbers as numbers', { propertyName: 'cx_score', operator: 'GT', value: '9' }, ['20']],
    ['GTE compares ids as numbers', { propertyName: 'hs_object_id', operator: 'GTE', value: '20' }, ['20', '300']],
    ['IN wants lower case for text', { propertyName: 'firstname', operator: 'IN', values: ['ann', 'Ben'] }, ['1']],
    ['NOT_IN', { propertyName: 'cx_band', operator: 'NOT_IN', values: ['bad'] }, ['1']],
    ['HAS_PROPERTY', { propertyName: 'cx_score', operator: 'HAS_PROPERTY' }, ['1', '20']],
    ['NOT_HAS_PROPERTY', { propertyName: 'cx_score', operator: 'NOT_HAS_PROPERTY' }, ['300']],
    [
      'CONTAINS_TOKEN takes a wildcard',
      { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@y.org' },
      ['20', '300'],
    ],
    [
      'BETWEEN is inclusive',
      { propertyName: 'cx_score', operator: 'BETWEEN', value: '9', highValue: '10' },
      ['1', '20'],
    ],
    [
      'dates are epoch milliseconds',
      { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(Date.UTC(2026, 5, 2)) },
      ['20', '300'],
    ],
    ['or ISO 8601', { propertyName: 'lastmodifieddate', operator: 'LT', value: '2026-06-02T00:00:00Z' }, ['1']],
    [
      'a contact filter on hs_lastmodifieddate matches nothing',
      { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: '0' },
      [],
    ],
  ])('%s', async (_title, filter, expected) => {
    const hubspot = await running(smallPortal({ contacts }));
    const { status, body } = await hubspot.post(path, filtered(filter));
    expect(status).toBe(200);
    expect(ids(body)).toEqual(expected);
    expect(body.total).toBe(expected.length);
  });

  test('filters of a group must all hold, groups are alternatives', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    const { body } = await hubspot.post(path, {
      filterGroups: [
        {
          filters: [
            { propertyName: 'cx_band', operator: 'EQ', value: 'good' },
            { propertyName: 'cx_score', operator: 'GT', value: '9' },
          ],
        },
        { filters: [{ propertyName: 'firstname', operator: 'EQ', value: 'cat' }] },
      ],
    });
    expect(ids(body)).toEqual(['300']);
  });

  test('associations are a pseudo-property that takes an id', async () => {
    const tickets = [record('5', { associations: { contacts: ['20'] } }), record('6')];
    const hubspot = await running(smallPortal({ contacts, tickets }));
    const filter = { propertyName: 'associations.contact', operator: 'EQ', value: '20' };
    const { body } = await hubspot.post('/crm/v3/objects/tickets/search', filtered(filter));
    expect(ids(body)).toEqual(['5']);
  });
});

test('top-level filters are ignored and every record comes back', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { body } = await hubspot.post(path, {
    filters: [{ propertyName: 'email', operator: 'EQ', value: 'ann@x.org' }],
  });
  expect(body.total).toBe(3);
});

test('a keyset sync by id sees each record once, whatever the page size', async () => {
  const many = Array.from({ length: 57 }, (_, index) =>
    record(String(10n ** BigInt(index % 20) * 1000n + BigInt(index))),
  );
  const hubspot = await running(smallPortal({ contacts: many }), { limits: 'off' });
  const seen: string[] = [];
  for (let last = '0'; ; last = seen.at(-1) as string) {
    const { body } = await hubspot.post(path, {
      ...filtered(
        { propertyName: 'lastmodifieddate', operator: 'GTE', value: '0' },
        { propertyName: 'lastmodifieddate', operator: 'LTE', value: String(Date.UTC(2026, 6, 1)) },
        { propertyName: 'hs_object_id', operator: 'GT', value: last },
      ),
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      limit: 10,
    });
    expect(body.total).toBe(57 - seen.length);
    seen.push(...ids(body));
    if (body.results.length < 10) break;
  }
  expect(seen).toEqual(many.map((each) => each.id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));
});

test('a keyset sync from the highest id down sees each record once as well', async () => {
  const many = Array.from({ length: 23 }, (_, index) => record(String(index * 7 + 1)));
  const hubspot = await running(smallPortal({ contacts: many }), { limits: 'off' });
  const sorts = [{ propertyName: 'hs_object_id', direction: 'DESCENDING' }];
  const seen: string[] = [];
  for (let last = '1000'; seen.length < 23; last = seen.at(-1) as string) {
    const below = filtered({ propertyName: 'hs_object_id', operator: 'LT', value: last });
    const { body } = await hubspot.post(path, { ...below, sorts, limit: 10 });
    expect(body.total).toBe(23 - seen.length);
    seen.push(...ids(body));
  }
  expect(seen).toEqual(many.map((each) => each.id).reverse());
  const second = await hubspot.post(path, { sorts, limit: 10, after: '10' });
  expect(ids(second.body)).toEqual(seen.slice(10, 20));
});

test('a record changed after a search is found by its new modified date', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const since = filtered({ propertyName: 'lastmodifieddate', operator: 'GTE', value: '2026-08-01T00:00:00Z' });
  expect((await hubspot.post(path, since)).body.total).toBe(0);
  hubspot.portal.update('contacts', '1', { firstname: 'Anna' }, '2026-08-02T00:00:00.000Z');
  const { body } = await hubspot.post(path, since);
  expect(body.results).toMatchObject([{ id: '1', properties: { firstname: 'Anna' } }]);
});

describe('refusals', () => {
  const filter = { propertyName: 'email', operator: 'HAS_PROPERTY' };
  const group = (filters: number) => ({ filters: Array(filters).fill(filter) });
  test.each<[string, unknown, string | RegExp]>([
    ['201 rows a page', { limit: 201 }, /200/],
    ['rows beyond 10,000', { limit: 100, after: '9901' }, /10000 total results/],
    ['a cursor that is no integer', { after: 'abc' }, /after/],
    ['six filter groups', { filterGroups: Array(6).fill(group(1)) }, /5 filter groups/],
    ['seven filters in a group', { filterGroups: [group(7)] }, /6 filters/],
    ['nineteen filters', { filterGroups: [group(6), group(6), group(6), group(1)] }, /18 filters/],
    ['two sorts', { sorts: ['email', 'firstname'] }, /one sort/],
    ['a body above 3,000 characters', { properties: ['x'.repeat(3_000)] }, /3000 characters/],
    [
      'a filter without its attributes',
      { filterGroups: [{ filters: [{ value: '1' }] }] },
      'Invalid input JSON on line 1, column 1: Cannot build Filter, some of required attributes are not set [propertyName, operator]',
    ],
    [
      'BETWEEN without its upper end',
      filtered({ propertyName: 'cx_score', operator: 'BETWEEN', value: '1' }),
      'operator BETWEEN requires a highValue',
    ],
  ])('%s', async (_title, body, message) => {
    const hubspot = await running(smallPortal({ contacts }));
    const answer = await hubspot.post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    expect(answer.body.message).toMatch(message);
  });
});

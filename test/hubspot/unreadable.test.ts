import { expect, test } from 'vitest';
import type { Crm, RecordPage, UnreadableRow } from '#pipeline/ports.ts';
import { connected } from './connecting.ts';
import { type Behaviour, faultyServer, json, page } from './faulty-server.ts';
import { portalOf, record, together } from './portal.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(100 + index));
const contacts = (ids: readonly string[]) => portalOf({ contacts: ids.map((id) => record(id, { firstname: 'Ada' })) });
const idsOf = ({ records }: Pick<RecordPage, 'records'>): string[] => records.map(({ id }) => id);

const row = { id: '7', properties: { firstname: 'Ada', email: null }, updatedAt: '2026-01-01T00:00:00.000Z' };
const oneRow = (given: unknown): Behaviour => json(200, { total: 1, results: [given] });

test.each([
  ['a text', 'Ada', '?', 'the row is not an object'],
  ['nothing', null, '?', 'the row is not an object'],
  ['without id', { ...row, id: undefined }, '?', 'the row has no id'],
  ['with a name for an id', { ...row, id: 'Ada' }, '?', 'the row has no id'],
  ['without id but with its property', { properties: { hs_object_id: '7' } }, '7', 'the row has no id'],
  ['without properties', { ...row, properties: undefined }, '7', 'the row has no properties'],
  ['with a text for properties', { ...row, properties: 'Ada' }, '7', 'the row has no properties'],
  ['with a list of properties', { ...row, properties: ['Ada'] }, '7', 'the row has no properties'],
  ['with an object', { ...row, properties: { email: { a: 'Ada' } } }, '7', 'email is an object where a text belongs'],
  ['with a list', { ...row, properties: { email: ['Ada'] } }, '7', 'email is a list where a text belongs'],
  ['without modified date', { ...row, updatedAt: 'Ada' }, '7', 'the row has no modified date'],
])('a row %s is unreadable, and said to be without quoting it', async (_, given, id, because) => {
  const server = await faultyServer([oneRow(given)]);
  const { records, unreadable } = await connected(server.url).recordsAfter('contact', null);
  expect(records).toEqual([]);
  expect(unreadable).toEqual([{ kind: 'contact', id, because }]);
  expect(server.seen).toHaveLength(1);
});

test.each([
  ['a number for a text', { properties: { firstname: 7.5 } }, { fields: { name: '7.5' } }],
  ['yes or no for a text', { properties: { firstname: true } }, { fields: { name: 'true' } }],
  ['an empty text for a date', { properties: { notes_last_contacted: '' } }, { fields: { lastContactedAt: null } }],
  ['a number for an id', { id: 7 }, { id: '7' }],
  [
    'a number for the modified date',
    { properties: { lastmodifieddate: 1767225600001 } },
    { modifiedAt: 1767225600001 },
  ],
  ['an object we do not read', { properties: { other: {} } }, { id: '7' }],
])('a row with %s is read', async (_, given, expected) => {
  const server = await faultyServer([oneRow({ ...row, ...given })]);
  const { records, unreadable } = await connected(server.url).recordsAfter('contact', null);
  expect(unreadable).toEqual([]);
  expect(records).toMatchObject([expected]);
});

const doors: Readonly<
  Record<string, (crm: Crm) => Promise<{ records: RecordPage['records']; unreadable: readonly UnreadableRow[] }>>
> = {
  search: (crm) => crm.recordsAfter('contact', null),
  'search downwards': (crm) => crm.recordsBefore('contact', null),
  list: (crm) => crm.listAfter('contact', null),
  'batch read': (crm) => crm.recordsOf('contact', numbered(60)),
};
const corruptions = ['object for a value', 'no properties', 'no id', 'no modified date', 'truncates the page'] as const;
const everywhere = Object.keys(doors).flatMap((door) => corruptions.map((how) => [how, door] as const));

test.each(everywhere)('"%s" costs one record and no other: %s', async (how, door) => {
  const all = numbered(60);
  const bad = { type: 'contacts', id: '133', how } as const;
  const { crm, simulator } = await together(contacts(all), { faults: { corrupt: [bad] } });
  const read = await doors[door]?.(crm);
  expect(idsOf(read ?? { records: [] }).sort()).toEqual(all.filter((id) => id !== '133'));
  expect(read?.unreadable).toEqual([{ kind: 'contact', id: '133', because: expect.not.stringContaining('Ada') }]);
  expect(crm.calls().total).toBeLessThan(40);
  simulator.mend();
  expect(idsOf(await crm.recordsOf('contact', ['133']))).toEqual(['133']);
});

test('pages go on beyond rows that cannot be read, although a page holds nothing else', async () => {
  const all = numbered(9);
  const corrupt = all.slice(0, 6).map((id) => ({ type: 'contacts', id, how: 'truncates the page' }) as const);
  const { crm } = await together(contacts(all), { faults: { corrupt }, sizes: { search: 3, batch: 3 } });
  const read: RecordPage[] = [];
  for (let after: string | null = null; read.length === 0 || after !== null; after = read.at(-1)?.next ?? null)
    read.push(await crm.recordsAfter('contact', after));
  expect(read.flatMap(idsOf)).toEqual(all.slice(6));
  expect(read.flatMap(({ unreadable }) => unreadable.map(({ id }) => id))).toEqual(all.slice(0, 6));
});

test.each(['HTML', 'truncated JSON', 'cut body'] as const)(
  'HubSpot that answers every call with %s is busy, and no record is to blame',
  async (fault) => {
    const always = { entries: [{ fault, times: 1_000 }] };
    const { crm } = await together(contacts(numbered(60)), { faults: always });
    for (const read of Object.values(doors)) await expect(read(crm)).rejects.toMatchObject({ retryable: true });
    await expect(crm.linksOf('contact', numbered(60))).rejects.toMatchObject({ retryable: true });
    expect(crm.calls().total).toBeLessThan(120);
  },
);

/** Answers what is asked for by id, the rows of a search likewise, and spoils answers about record 2 that hold a name. */
const objectsSpoiltBy =
  (spoilt: Behaviour): Behaviour =>
  (response, request) => {
    const { inputs, properties } = JSON.parse(request.bodyText) as { inputs?: { id: string }[]; properties: string[] };
    const asked = inputs?.map(({ id }) => id) ?? ['1', '2', '3'];
    const bad = asked.includes('2') && properties.includes('firstname');
    const behave = bad ? spoilt : json(200, { total: asked.length, results: asked.map((id) => ({ ...row, id })) });
    behave(response, request);
  };
const broken: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"results":[{"id":"1"', () => response.destroy());
};
const nameless = json(200, {
  results: [
    { ...row, id: '1' },
    { ...row, id: null },
  ],
});

test.each([
  ['a connection that breaks within the answer', broken],
  ['a row without any id', nameless],
])('%s costs the record that causes it, known by what was asked for', async (_, spoilt) => {
  const server = await faultyServer([objectsSpoiltBy(spoilt)]);
  const { records, unreadable } = await connected(server.url).recordsOf('contact', ['1', '2', '3']);
  expect(idsOf({ records })).toEqual(['1', '3']);
  expect(unreadable).toMatchObject([{ kind: 'contact', id: '2' }]);
});

test('a page whose connection breaks within the answer is taken apart', async () => {
  const server = await faultyServer([objectsSpoiltBy(broken)]);
  const read = await connected(server.url).recordsAfter('contact', null);
  expect(idsOf(read)).toEqual(['1', '3']);
  expect(read).toMatchObject({ next: null, unreadable: [{ id: '2' }] });
});

test('a row without id is told wherever in the order of ids the page is', async () => {
  const server = await faultyServer([
    json(200, {
      total: 2,
      results: [
        { ...row, id: null },
        { ...row, id: '701' },
      ],
    }),
  ]);
  const { records, unreadable } = await connected(server.url).recordsAfter('contact', '700');
  expect(idsOf({ records })).toEqual(['701']);
  expect(unreadable).toMatchObject([{ id: '?' }]);
});

test('HubSpot that fails while a page is being taken apart is busy, and no record is to blame', async () => {
  const faults = {
    corrupt: [{ type: 'contacts', id: '133', how: 'truncates the page' } as const],
    entries: [{ fault: 'HTML' as const, on: { path: '/batch/read', nth: 5 }, times: 1_000 }],
  };
  const { crm } = await together(contacts(numbered(60)), { faults });
  await expect(crm.recordsAfter('contact', null)).rejects.toMatchObject({ retryable: true });
});

test('records that a batch read fails to read are asked for again, not taken for missing', async () => {
  const all = numbered(60);
  const { crm } = await together(contacts(all), { faults: { entries: [{ fault: '207' }] } });
  const { records, unreadable } = await crm.recordsOf('contact', all);
  expect(idsOf({ records }).sort()).toEqual(all);
  expect(unreadable).toEqual([]);
  expect(crm.calls().total).toBe(2);
});

test('a record that a batch read always fails to read is unreadable, with its cause', async () => {
  const { crm } = await together(contacts(['1', '2']), { faults: { entries: [{ fault: '207', times: 9 }] } });
  expect(await crm.recordsOf('contact', ['1', '2', '404'])).toMatchObject({
    records: [{ id: '2' }],
    unreadable: [{ kind: 'contact', id: '1', because: 'HubSpot answers INTERNAL_ERROR about it' }],
  });
});

test('links that fail to be read are asked for again; without success their record is left out', async () => {
  const associations = { companies: ['50'] };
  const portal = portalOf({
    companies: [record('50')],
    contacts: ['1', '2', '3'].map((id) => record(id, {}, { associations })),
  });
  const once = await together(portal, { faults: { entries: [{ fault: '207' }] } });
  expect((await once.crm.linksOf('contact', ['1', '2', '3'])).size).toBe(3);
  const ever = await together(portal, { faults: { entries: [{ fault: '207', times: 9 }] } });
  expect([...(await ever.crm.linksOf('contact', ['1', '2', '3'])).keys()]).toEqual(['2', '3']);
});

/** Answers links of any record to company 50, and spoils every answer about record 133. */
const linksSpoiltBy =
  (spoilt: Behaviour): Behaviour =>
  (response, request) => {
    const asked = (JSON.parse(request.bodyText) as { inputs: { id: string }[] }).inputs.filter(({ id }) => id !== '0');
    const results = asked.map(({ id }) => ({ from: { id }, to: [{ toObjectId: 50, associationTypes: [] }] }));
    const behave = asked.some(({ id }) => id === '133') ? spoilt : json(200, { results });
    behave(response, request);
  };

test.each([
  ['HTML', page(200, '<html>', { 'content-type': 'text/html' })],
  ['truncated JSON', json(200, '{"results":[{"from":{"id":"133"},"to":[{"toObj')],
  ['links without id', json(200, { results: [{ from: { id: '133' }, to: [{ toObjectId: null }] }] })],
  ['links of another shape', json(200, { results: [{ from: { id: '133' }, to: 'Ada' }] })],
])('a record whose links come as %s is left out, and the links of all others arrive', async (_, spoilt) => {
  const server = await faultyServer([linksSpoiltBy(spoilt)]);
  const crm = connected(server.url);
  const links = await crm.linksOf('contact', numbered(60));
  expect([...links.keys()]).toEqual(numbered(60).filter((id) => id !== '133'));
  expect(new Set([...links.values()].map((each) => JSON.stringify(each)))).toEqual(new Set(['{"company":["50"]}']));
  expect(await crm.linksOf('contact', ['133'])).toEqual(new Map());
  expect(server.seen.length).toBeLessThan(40);
});

test('a record whose links never end is left out, and the links of all others arrive', async () => {
  const to = [{ toObjectId: 50, associationTypes: [] }];
  const results = ['1', '2'].map((id) => ({ from: { id }, to }));
  const endless = { from: { id: '133' }, to, paging: { next: { after: 'x' } } };
  const server = await faultyServer([json(200, { results: [...results, endless] }), json(200, { results: [endless] })]);
  const links = await connected(server.url).linksOf('contact', ['1', '2', '133']);
  expect([...links.keys()]).toEqual(['1', '2']);
  expect(server.seen).toHaveLength(2);
});

test("a ticket's history that cannot be read is left out, and all others arrive", async () => {
  const tickets = numbered(60).map((id) => record(id, { hs_pipeline_stage: '1' }));
  const corrupt = [{ type: 'tickets', id: '133', how: 'no id' } as const];
  const { crm } = await together(portalOf({ tickets }), { faults: { corrupt } });
  const history = await crm.stageHistory(numbered(60));
  expect([...history.keys()].sort()).toEqual(numbered(60).filter((id) => id !== '133'));
});

test('a scope that is missing is refused as ever, and nothing is taken apart', async () => {
  const { crm } = await together(contacts(['1']), { scopes: ['tickets'] });
  for (const read of [...Object.values(doors), (given: Crm) => given.archivedAfter('contact', null)])
    await expect(read(crm)).rejects.toMatchObject({ name: 'HubSpotRefusedError', category: 'MISSING_SCOPES' });
  expect(crm.calls().total).toBe(5);
});

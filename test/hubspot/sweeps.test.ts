import { expect, test } from 'vitest';
import type { CxRecord, RecordId } from '#domain/records/record.ts';
import type { Crm, RecordPage } from '#pipeline/ports.ts';
import { connected } from './connecting.ts';
import { faultyServer, json } from './faulty-server.ts';
import { portalOf, record, together } from './portal.ts';

const ids = (records: readonly CxRecord[]): string[] => records.map(({ id }) => id);
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(900 + index * 7));
const beyondNumbers = ['9007199254740993', '9007199254740993123', '9007199254740993124'];

async function everyPage<P extends { next: RecordId | null }>(
  read: (from: RecordId | null) => Promise<P>,
): Promise<P[]> {
  const pages: P[] = [];
  for (let from: RecordId | null = null; pages.length === 0 || from !== null; from = pages.at(-1)?.next ?? null)
    pages.push(await read(from));
  return pages;
}

const recordsIn = (pages: readonly RecordPage[]): string[] => pages.flatMap(({ records }) => ids(records));

const ways = {
  'searched upwards': { read: (crm: Crm, from: RecordId | null) => crm.recordsAfter('contact', from), up: true },
  'searched downwards': { read: (crm: Crm, from: RecordId | null) => crm.recordsBefore('contact', from), up: false },
  listed: { read: (crm: Crm, from: RecordId | null) => crm.listAfter('contact', from), up: true },
};
const sizes = { search: 5, list: 5, batch: 5, listWithHistory: 5, associationInputs: 5 };
/** The same as the simulated HubSpot names them: it refuses more. */
const pageSizes = {
  search: 5,
  list: 5,
  objectBatch: 5,
  listWithHistory: 5,
  associationBatch: 5,
  associationsPerPage: 5,
};

test.each(Object.entries(ways))(
  'records %s come once and in order, whatever the length of their ids',
  async (_, way) => {
    const all = [...numbered(13), ...beyondNumbers];
    const { crm } = await together(portalOf({ contacts: all.map((id) => record(id)) }), { sizes, pageSizes });
    const pages = await everyPage((from) => way.read(crm, from));
    expect(recordsIn(pages)).toEqual(way.up ? all : all.toReversed());
    expect(pages.map(({ next }) => next === null)).toEqual([false, false, false, true]);
    expect(crm.calls().total).toBe(4);
  },
);

test.each(Object.entries(ways).slice(0, 2))('records %s all come, although every page is shuffled', async (_, way) => {
  const all = numbered(33);
  const searchIndex = { seed: 1, lagMs: () => 0, unordered: 1 };
  const { crm } = await together(portalOf({ contacts: all.map((id) => record(id)) }), { sizes, searchIndex });
  const pages = await everyPage((from) => way.read(crm, from));
  expect(recordsIn(pages)).toEqual(way.up ? all : all.toReversed());
});

test('a list continued by another process shows each record once', async () => {
  const all = numbered(12);
  const portal = portalOf({ contacts: all.map((id) => record(id)) });
  const pages = await everyPage(async (from) => (await together(portal, { sizes })).crm.listAfter('contact', from));
  expect(recordsIn(pages)).toEqual(all);
});

test('a list whose cursor names the last row instead of the next one is read whole as well', async () => {
  const all = ['1', '2', '3', '4', '5', '6', '7'];
  const row = (id: string) => ({ id, properties: {}, updatedAt: '2026-01-01T00:00:00Z' });
  const server = await faultyServer([
    (response, request) => {
      const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after') ?? 0);
      const page = all.slice(after, after + 3);
      const more = after + 3 < all.length ? { paging: { next: { after: String(after + 3) } } } : {};
      json(200, { results: page.map(row), ...more })(response, request);
    },
  ]);
  const crm = connected(server.url, { sizes: { list: 3 } });
  expect(recordsIn(await everyPage((from) => crm.listAfter('contact', from)))).toEqual(all);
  expect(server.seen).toHaveLength(3);
});

test('rows of a search that come unsorted, twice, from before or out of the window are put in order', async () => {
  const row = (id: string, at = '2026-01-01T00:00:00Z') => ({ id, properties: {}, updatedAt: at });
  const rows = [row('30'), row('20', '2020-01-01T00:00:00Z'), row('30'), row('10'), row('25')];
  const server = await faultyServer([json(200, { total: 9, results: rows, paging: { next: { after: '5' } } })]);
  const window = { from: Date.parse('2026-01-01'), to: Date.parse('2026-01-02') };
  const page = await connected(server.url).recordsAfter('contact', '10', window);
  expect(ids(page.records)).toEqual(['20', '25', '30']);
  expect(page).toMatchObject({ next: '30', remaining: 4, unreadable: [] });
});

test.each([
  ['shows none of the rows it announces', { total: 9, results: [] }],
  ['shows only rows that were read', { total: 9, results: [{ id: '7', properties: {}, updatedAt: '2026-01-01' }] }],
])('a search that %s is asked again later', async (_, body) => {
  const server = await faultyServer([json(200, body)]);
  await expect(connected(server.url).recordsAfter('contact', '7')).rejects.toMatchObject({ retryable: true });
});

test('records read by id are as they are now; archived, merged and deleted ones are missing', async () => {
  const all = numbered(12);
  const portal = portalOf({ contacts: [...all, ...beyondNumbers].map((id) => record(id)) });
  const { crm, simulator } = await together(portal, { sizes, pageSizes });
  const [binned = '', merged = '', erased = '', changed = ''] = all;
  const at = '2026-08-01T00:00:00.000Z';
  simulator.portal.update('contacts', changed, { firstname: 'Ada' }, at);
  simulator.portal.archive('contacts', binned, at);
  simulator.portal.erase('contacts', erased, at);
  const survivor = simulator.portal.merge('contacts', all[4] ?? '', merged, at).id;
  const { records, unreadable } = await crm.recordsOf('contact', [...all, ...beyondNumbers, '404', changed]);
  expect(ids(records)).toEqual([changed, ...all.slice(5), ...beyondNumbers]);
  expect(records[0]).toMatchObject({ fields: { name: 'Ada' }, modifiedAt: Date.parse(at) });
  expect(unreadable).toEqual([]);
  expect(crm.calls().byKind).toEqual({ read: 4 });
  const [whole] = (await crm.recordsOf('contact', [survivor])).records;
  expect(whole?.absorbed).toEqual([merged, all[4]]);
});

test('rows of others than those asked for, and archived ones, are not taken for them', async () => {
  const row = { properties: {}, updatedAt: '2026-01-01T00:00:00Z', archived: false };
  const results = [
    { ...row, id: '1' },
    { ...row, id: '90' },
    { ...row, id: '2', archived: true },
    { ...row, id: '91', archived: true },
  ];
  const server = await faultyServer([json(200, { results })]);
  const crm = connected(server.url);
  expect(ids((await crm.recordsOf('contact', ['1', '2', '3'])).records)).toEqual(['1']);
  expect(await crm.archivedAmong('contact', ['1', '2', '3'])).toEqual(new Set(['2']));
});

test('the recycle bin is listed by id, and asked about single records', async () => {
  const binned = [...numbered(7), ...beyondNumbers];
  const archived = { archived: true, archivedAt: '2026-08-01T00:00:00.000Z' };
  const portal = portalOf({ tickets: [...binned.map((id) => record(id, {}, archived)), record('5')] });
  const { crm } = await together(portal, { sizes, pageSizes });
  const pages = await everyPage((after) => crm.archivedAfter('ticket', after));
  expect(pages.flatMap((page) => page.ids)).toEqual(binned);
  expect(pages).toHaveLength(2);
  expect(await crm.archivedAmong('ticket', ['5', '404', ...binned])).toEqual(new Set(binned));
  expect(await crm.archivedAmong('ticket', ['5'])).toEqual(new Set());
});

test('the number of records leaves archived ones out', async () => {
  const portal = portalOf({
    deals: [...numbered(23).map((id) => record(id)), record('1', {}, { archived: true })],
  });
  const { crm } = await together(portal);
  expect(await crm.count('deal')).toBe(23);
  expect(await crm.count('subscription')).toBe(0);
});

test("a ticket's way through its stages is read newest first, fifty tickets a call", async () => {
  const [first = '', ...rest] = numbered(60);
  const way = [
    { value: '77', timestamp: '2026-05-03T00:00:00.000Z' },
    { value: '1', timestamp: '2026-05-02T00:00:00.000Z' },
  ];
  const told = record(first, { hs_pipeline_stage: '77' }, { propertiesWithHistory: { hs_pipeline_stage: way } });
  const portal = portalOf({ tickets: [told, ...rest.map((id) => record(id, { hs_pipeline_stage: '1' }))] });
  const { crm } = await together(portal);
  const history = await crm.stageHistory([first, ...rest, '404']);
  expect([...history.keys()]).toEqual([first, ...rest]);
  expect(history.get(first)).toEqual([
    { stage: '77', at: Date.parse('2026-05-03') },
    { stage: '1', at: Date.parse('2026-05-02') },
  ]);
  expect(crm.calls().byKind).toEqual({ read: 2 });
});

test("a ticket's way through its stages is put in order, and cleared stages are no part of it", async () => {
  const entries = [
    ['1', '2026-05-01T00:00:00Z'],
    ['77', '2026-05-03T00:00:00Z'],
    ['', '2026-05-02T00:00:00Z'],
    ['4', 'soon'],
  ].map(([value, timestamp]) => ({ value, timestamp }));
  const server = await faultyServer([
    json(200, { results: [{ id: '9007199254740993', propertiesWithHistory: { hs_pipeline_stage: entries } }] }),
  ]);
  const history = await connected(server.url).stageHistory(['9007199254740993']);
  expect(history.get('9007199254740993')?.map(({ stage }) => stage)).toEqual(['77', '1']);
});

test('what was merged into a record is read of it, its own id and rubbish left out', async () => {
  const merged = { hs_merged_object_ids: '30;1; 4 ;30;;x12;9007199254740993124' };
  const portal = portalOf({
    contacts: [record('1', merged), record('2')],
    feedback_submissions: [record('1', merged)],
  });
  const { crm } = await together(portal);
  const { records } = await crm.recordsAfter('contact', null);
  expect(records.map(({ absorbed }) => absorbed)).toEqual([['4', '30', '9007199254740993124'], []]);
  expect((await crm.listAfter('answer', null)).records[0]?.absorbed).toHaveLength(3);
});

test('the stages of the pipelines are known by pipeline and stage, for an hour', async () => {
  const { crm, simulator, clock } = await together(portalOf({}));
  const before = { '0/1': { isClosed: false, isWon: false }, '0/77': { isClosed: true, isWon: false } };
  expect(await crm.stages('ticket')).toEqual(before);
  expect(await crm.stages('deal')).toEqual({ 'default/closedwon': { isClosed: true, isWon: true } });
  expect(await crm.stages('contact')).toEqual({});
  const place = { type: 'tickets', pipeline: '0', stage: '1' } as const;
  simulator.portal.changeStage(place, { ticketState: 'CLOSED', isClosed: 'true' }, '2026-09-01T08:00:00.000Z');
  expect(await crm.stages('ticket')).toEqual(before);
  await clock.sleep(60 * 60_000);
  expect((await crm.stages('ticket'))['0/1']).toEqual({ isClosed: true, isWon: false });
  expect(crm.calls().total).toBe(3);
});

test('an answer without pipelines is an error, not a portal without stages', async () => {
  const server = await faultyServer([json(200, { total: 0 })]);
  await expect(connected(server.url).stages('deal')).rejects.toMatchObject({ name: 'PayloadError' });
});

test("what is left of the day is known once HubSpot's headers have said so", async () => {
  const { crm } = await together(portalOf({}));
  expect(crm.allowance()).toBeNull();
  await crm.count('contact');
  expect(crm.allowance()).toBeNull();
  await crm.listAfter('contact', null);
  expect(crm.allowance()).toEqual({ calls: 625_000, remaining: 624_998 });
});

test('links are seen from the other side too, complete, by the kinds that have them', async () => {
  const tickets = numbered(23);
  const portal = portalOf({
    contacts: [record('1'), record('2')],
    companies: [record('50')],
    tickets: tickets.map((id) => record(id, {}, { associations: { contacts: ['1'] } })),
    deals: [record('8', {}, { associations: { contacts: ['2', '1'], companies: ['50'] } })],
    feedback_submissions: [record('9007199254740993123', {}, { associations: { contacts: ['2'], tickets: ['900'] } })],
  });
  const { crm } = await together(portal, { sizes, pageSizes });
  expect(await crm.linkedTo('contact', ['1', '2', '404'])).toEqual(
    new Map([
      ['deal', ['8']],
      ['ticket', tickets],
      ['answer', ['9007199254740993123']],
    ]),
  );
  expect(await crm.linkedTo('company', ['50'])).toEqual(new Map([['deal', ['8']]]));
  expect(await crm.linkedTo('ticket', ['900', '907'])).toEqual(new Map([['answer', ['9007199254740993123']]]));
  expect(await crm.linkedTo('answer', ['1'])).toEqual(new Map());
});

test('a record with 2,500 associations arrives whole, in as many calls as it has pages', async () => {
  const companies = numbered(2_500);
  const portal = portalOf({
    companies: companies.map((id) => record(id)),
    contacts: [record('1', {}, { associations: { companies } }), record('2')],
  });
  const { crm } = await together(portal);
  const links = await crm.linksOf('contact', ['1', '2']);
  expect(links.get('1')?.company).toEqual(companies);
  expect(links.get('2')?.company).toEqual([]);
  expect(crm.calls().byKind).toEqual({ associations: 5 });
});

test('links to and from archived and missing records are none', async () => {
  const archived = { archived: true, archivedAt: '2026-08-01T00:00:00.000Z' };
  const portal = portalOf({
    companies: [record('50'), record('51', {}, archived)],
    contacts: [record('1', {}, { associations: { companies: ['50', '51'] } }), record('2', {}, archived)],
    tickets: [record('7', {}, { ...archived, associations: { contacts: ['1'] } })],
  });
  const { crm } = await together(portal);
  expect(await crm.linksOf('contact', ['1', '2', '404'])).toEqual(
    new Map([
      ['1', { company: ['50'] }],
      ['2', { company: [] }],
      ['404', { company: [] }],
    ]),
  );
  expect(await crm.linkedTo('contact', ['1', '2'])).toEqual(new Map());
});

import { describe, expect, test } from 'vitest';
import type { SearchIndexRules } from '#local/simulator/state/search-index.ts';
import { type Running, running } from './running.ts';
import { asOf, record, smallPortal } from './small-portal.ts';

const path = '/crm/objects/2026-09/contacts/search';
const start = Date.parse(asOf);
const at = (ms: number) => new Date(start + ms).toISOString();
const contacts = Array.from({ length: 40 }, (_, index) => record(String(index + 1)));
const always = (ms: number) => () => ms;
type Row = { id: string; updatedAt: string };

async function indexed(rules: Partial<SearchIndexRules> = {}): Promise<Running> {
  return running(smallPortal({ contacts }), {
    limits: 'off',
    searchIndex: { seed: 1, lagMs: always(10_000), ...rules },
  });
}

/** Rows modified since the portal was taken, and the count that goes with them. */
async function changed(hubspot: Running, until = 'z'): Promise<{ rows: Row[]; total: number }> {
  const filters = [
    { propertyName: 'lastmodifieddate', operator: 'GTE', value: asOf },
    ...(until === 'z' ? [] : [{ propertyName: 'lastmodifieddate', operator: 'LTE', value: until }]),
  ];
  const { body } = await hubspot.post(path, {
    filterGroups: [{ filters }],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    limit: 200,
  });
  return { rows: body.results, total: body.total };
}

const ids = ({ rows }: { rows: Row[] }) => rows.map(({ id }) => id);

describe('a change is found once the index knows of it, not before', () => {
  test.each<[string, (hubspot: Running) => void, string[]]>([
    ['of a value', ({ portal }) => portal.update('contacts', '3', { firstname: 'C' }, at(0)), ['3']],
    ['creation', ({ portal }) => portal.create('contacts', {}, at(0)), ['41']],
    ['merge', ({ portal }) => portal.merge('contacts', '3', '4', at(0)), ['41']],
    ['bulk stamp', ({ portal }) => portal.touch('contacts', ['3', '4'], at(0)), ['3', '4']],
  ])('%s', async (_title, change, expected) => {
    const hubspot = await indexed();
    change(hubspot);
    hubspot.clock.pass(9_999);
    expect(await changed(hubspot)).toEqual({ rows: [], total: 0 });
    hubspot.clock.pass(1);
    expect(await changed(hubspot)).toMatchObject({ rows: expected.map((id) => ({ id })), total: expected.length });
  });

  test('while lists and single reads know at once', async () => {
    const hubspot = await indexed();
    hubspot.portal.create('contacts', {}, at(0));
    expect((await hubspot.get('/crm/objects/2026-09/contacts/41')).status).toBe(200);
    expect((await hubspot.get('/crm/objects/2026-09/contacts?after=41')).body.results).toHaveLength(1);
  });
});

test.each<[string, (hubspot: Running) => void]>([
  ['archived', ({ portal }) => portal.archive('contacts', '3', at(0))],
  ['erased', ({ portal }) => portal.erase('contacts', '3', at(0))],
  ['merged', ({ portal }) => portal.merge('contacts', '3', '4', at(0))],
])('a record that was %s is found as it was until the index knows', async (_title, change) => {
  const hubspot = await indexed();
  change(hubspot);
  const before = await hubspot.post(path, { limit: 200 });
  expect(before.body.total).toBe(40);
  expect(before.body.results[2]).toMatchObject({ id: '3', archived: false, updatedAt: '2026-06-01T00:00:00.000Z' });
  hubspot.clock.pass(10_000);
  const after = await hubspot.post(path, { limit: 200 });
  expect(after.body.results.map((each: Row) => each.id)).not.toContain('3');
});

test('a restored record is found again once the index knows', async () => {
  const hubspot = await indexed();
  hubspot.portal.archive('contacts', '3', at(0));
  hubspot.clock.pass(20_000);
  hubspot.portal.restore('contacts', '3', at(20_000));
  expect((await hubspot.post(path, {})).body.total).toBe(39);
  hubspot.clock.pass(10_000);
  expect((await hubspot.post(path, {})).body.total).toBe(40);
});

test.each([
  ['the record as it is now, outside the window asked for', 0, at(20_000)],
  ['the version the index knows', 1, at(0)],
])('a row behind its record shows %s', async (_title, staleRows, updatedAt) => {
  const hubspot = await indexed({ staleRows });
  hubspot.portal.update('contacts', '3', { firstname: 'one' }, at(0));
  hubspot.portal.update('contacts', '3', { firstname: 'two' }, at(20_000));
  hubspot.clock.pass(20_000);
  expect(await changed(hubspot, at(15_000))).toMatchObject({ rows: [{ id: '3', updatedAt }], total: 1 });
});

test('a record can go on fulfilling the filters it fulfilled before its latest change, for another lag', async () => {
  const hubspot = await indexed({ outsideWindow: 1 });
  hubspot.portal.update('contacts', '3', { firstname: 'one' }, at(0));
  hubspot.clock.pass(20_000);
  hubspot.portal.update('contacts', '3', { firstname: 'two' }, at(20_000));
  hubspot.clock.pass(10_000);
  expect(await changed(hubspot, at(15_000))).toMatchObject({ rows: [{ id: '3', updatedAt: at(20_000) }], total: 1 });
  hubspot.clock.pass(10_000);
  expect(await changed(hubspot, at(15_000))).toEqual({ rows: [], total: 0 });
});

test('rows of a page may arrive in another order than the one asked for, the same every time', async () => {
  const hubspot = await indexed({ unordered: 1 });
  const request = { sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }], limit: 20, after: '20' };
  const [first, second] = [await hubspot.post(path, request), await hubspot.post(path, request)];
  const order = first.body.results.map((each: Row) => Number(each.id));
  const expected = contacts.slice(20).map(({ id }) => Number(id));
  expect(order).not.toEqual(expected);
  expect([...order].sort((a, b) => a - b)).toEqual(expected);
  expect(second.body).toEqual(first.body);
});

test('a slow change never undoes a later one that was quicker', async () => {
  const hubspot = await indexed({ lagMs: (change) => (change.at === at(0) ? 60_000 : 1_000) });
  hubspot.portal.update('contacts', '3', { firstname: 'one' }, at(0));
  hubspot.portal.update('contacts', '3', { firstname: 'two' }, at(5_000));
  for (const ms of [6_000, 54_000, 60_000]) {
    hubspot.clock.pass(ms);
    expect((await changed(hubspot)).rows).toMatchObject([{ id: '3', updatedAt: at(5_000) }]);
  }
});

describe('with lags drawn from a seed', () => {
  const lagMs = { usual: [1_000, 5_000], tail: { share: 0.2, upTo: 60_000 } } as const;
  const rules = { lagMs, staleRows: 0.5, outsideWindow: 0.3, unordered: 0.5 };
  const edit = (hubspot: Running) => {
    for (const [index, { id }] of contacts.entries()) {
      hubspot.portal.update('contacts', id, { firstname: 'x' }, at(index));
      hubspot.portal.update('contacts', id, { firstname: 'y' }, at(3_000 + index));
    }
  };

  test('most changes take their usual time and some up to the end of the tail', async () => {
    const hubspot = await indexed({ lagMs });
    hubspot.portal.touch(
      'contacts',
      contacts.map(({ id }) => id),
      at(0),
    );
    const known: number[] = [];
    for (const ms of [999, 1_500, 2_501, 55_000]) {
      hubspot.clock.pass(ms);
      known.push((await changed(hubspot)).total);
    }
    const [early, half, usual, all] = known as [number, number, number, number];
    expect(early).toBe(0);
    expect(half).toBeGreaterThan(0);
    expect(usual).toBeGreaterThan(half);
    expect(usual).toBeLessThan(40);
    expect(all).toBe(40);
  });

  test('a seed replays exactly, whatever was asked in between, and another seed differs', async () => {
    const [asked, quiet, other] = [await indexed(rules), await indexed(rules), await indexed({ ...rules, seed: 2 })];
    for (const each of [asked, quiet, other]) edit(each);
    for (const ms of [500, 3_000, 1_000]) {
      for (const each of [asked, quiet, other]) each.clock.pass(ms);
      await changed(asked);
      await asked.post(path, { limit: 7 });
    }
    const [a, b, c] = [
      await changed(asked, at(3_010)),
      await changed(quiet, at(3_010)),
      await changed(other, at(3_010)),
    ];
    expect(a).toEqual(b);
    expect(ids(a)).not.toEqual(ids(c));
  });

  test('once every lag is over, searches agree with the records', async () => {
    const hubspot = await indexed({ ...rules, unordered: 0 });
    edit(hubspot);
    hubspot.portal.archive('contacts', '7', at(4_000));
    hubspot.clock.pass(200_000);
    expect((await changed(hubspot, at(2_999))).total).toBe(0);
    const { body } = await hubspot.post(path, { limit: 200, properties: ['firstname'] });
    const list = await hubspot.get('/crm/objects/2026-09/contacts?limit=100&properties=firstname');
    expect(body.results).toEqual(list.body.results);
  });
});

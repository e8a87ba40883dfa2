import { expect, test } from 'vitest';
import type { Crm, RecordPage } from '#pipeline/ports.ts';
import { portalOf, record, together } from './portal.ts';

const product = (index: number): string => `a_property_with_quite_a_long_name_${index}`;
/** More than 16,384 characters of property names. */
const names = Array.from({ length: 450 }, (_, index) => product(index));
const config = { products: names.map((property) => ({ on: 'contact' as const, property })) };
const last = names.at(-1) ?? '';
const property = { name: last, label: 'Last', type: 'string', fieldType: 'text' } as const;

const ids = Array.from({ length: 250 }, (_, index) => String(100 + index));
const empty = portalOf({ contacts: ids.map((id) => record(id, { [last]: `product of ${id}` })) });
const portal = { ...empty, definition: { ...empty.definition, properties: { contacts: [property] } } };

const ways: Readonly<Record<string, (crm: Crm, from: string | null) => Promise<RecordPage>>> = {
  search: (crm, from) => crm.recordsAfter('contact', from),
  list: (crm, from) => crm.listAfter('contact', from),
};

test.each([
  ['search', { search: 2, read: 3 }],
  ['list', { list: 3, read: 3 }],
])('16 KB of property names are read by batch where a %s cannot carry them', async (way, calls) => {
  expect(names.join().length).toBeGreaterThan(16 * 1_024);
  const { crm } = await together(portal, { config });
  const pages: RecordPage[] = [];
  for (let from: string | null = null; pages.length === 0 || from !== null; from = pages.at(-1)?.next ?? null)
    pages.push(...[await ways[way]?.(crm, from)].filter((page) => page !== undefined));
  const records = pages.flatMap((page) => page.records);
  expect(records.map(({ id, fields }) => [id, 'products' in fields && fields.products])).toEqual(
    ids.map((id) => [id, [`product of ${id}`]]),
  );
  expect(crm.calls().byKind).toEqual(calls);
});

test('a record that the search still shows and that is archived is missing, and the page goes on', async () => {
  const searchIndex = { seed: 1, lagMs: () => 60_000 };
  const { crm, simulator } = await together(portal, { config, searchIndex, sizes: { search: 5 } });
  for (const id of ['102', '104']) simulator.portal.archive('contacts', id, '2026-09-01T08:00:00.000Z');
  const page = await crm.recordsAfter('contact', null);
  expect(page.records.map(({ id }) => id)).toEqual(['100', '101', '103']);
  expect(page).toMatchObject({ next: '104', remaining: 245 });
});

import { expect, test } from 'vitest';
import type { CxRecord, RecordKind } from '#domain/records/record.ts';
import type { Crm, ModifiedWindow } from '#pipeline/ports.ts';
import { portalOf, record, together } from './portal.ts';

async function everything(crm: Crm, kind: RecordKind, modified?: ModifiedWindow): Promise<CxRecord[]> {
  const records: CxRecord[] = [];
  let after: string | null = null;
  do {
    const page = await crm.recordsAfter(kind, after, modified);
    records.push(...page.records);
    after = page.next;
  } while (after !== null);
  return records;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(900 + index * 7));
const ids = (records: readonly CxRecord[]): string[] => records.map(({ id }) => id);
const refusals = (statuses: Readonly<Record<number, number>>): number => statuses[429] ?? 0;

test('every record comes once and in order, although all were modified in the same millisecond', async () => {
  const all = numbered(450);
  const portal = portalOf({ contacts: [...all].reverse().map((id) => record(id)) });
  const { crm } = await together(portal);
  expect(ids(await everything(crm, 'contact'))).toEqual(all);
  const at = Date.parse('2026-01-01T00:00:00Z');
  expect(ids(await everything(crm, 'contact', { from: at, to: at }))).toEqual(all);
  expect(crm.calls().byKind).toEqual({ search: 6 });
});

test.each(['contact', 'company', 'ticket'] as const)(
  'a window of modified dates holds both its ends: %s',
  async (kind) => {
    const days = ['2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'];
    const records = days.map((day, index) => record(String(11 + index), {}, { updatedAt: `${day}T00:00:00.000Z` }));
    const { crm } = await together(portalOf({ contacts: records, companies: records, tickets: records }));
    const found = await everything(crm, kind, { from: Date.parse('2026-02-02'), to: Date.parse('2026-02-03') });
    expect(found.map(({ id, modifiedAt }) => [id, modifiedAt])).toEqual([
      ['12', Date.parse('2026-02-02')],
      ['13', Date.parse('2026-02-03')],
    ]);
  },
);

test('an exactly full last page is the last one', async () => {
  const { crm } = await together(portalOf({ deals: numbered(200).map((id) => record(id)) }));
  expect(await everything(crm, 'deal')).toHaveLength(200);
  expect(crm.calls().byKind.search).toBe(1);
});

test('a contact arrives typed, with what it holds of our own properties', async () => {
  const properties = {
    firstname: 'Ada',
    lastname: 'L',
    email: 'ada@example.com',
    lifecyclestage: 'customer',
    notes_last_contacted: '2026-05-01T10:00:00Z',
    modules: 'a;b',
    cx_health_score: '82',
    cx_health_band: '',
  };
  const portal = portalOf({ contacts: [record('1', properties)] });
  const { crm } = await together(portal, { config: { products: [{ on: 'contact', property: 'modules' }] } });
  await crm.provisionOutputs(['contact']);
  const { records } = await crm.recordsAfter('contact', null);
  expect(records[0]).toMatchObject({
    kind: 'contact',
    id: '1',
    fields: { name: 'Ada L', email: 'ada@example.com', lastContactedAt: Date.parse('2026-05-01T10:00:00Z') },
    links: {},
    outputs: { cx_health_score: '82' },
  });
});

test("tickets and deals are closed and won by their pipelines' settings, which are read once", async () => {
  const { crm } = await together(
    portalOf({
      tickets: [record('1', { hs_pipeline: '0', hs_pipeline_stage: '77', closed_date: '2026-05-01T10:00:00Z' })],
      deals: [
        record('2', { pipeline: 'default', dealstage: 'closedwon', amount: '100', deal_currency_code: 'EUR' }),
        record('3', { pipeline: 'default', dealstage: 'closedwon', amount: '100', deal_currency_code: 'USD' }),
      ],
    }),
  );
  const [ticket] = await everything(crm, 'ticket');
  expect(ticket?.fields).toMatchObject({ isClosed: true, closedAt: Date.parse('2026-05-01T10:00:00Z') });
  const deals = await everything(crm, 'deal');
  expect(deals.map(({ fields }) => fields)).toMatchObject([
    { isWon: true, isClosed: true, amount: 100 },
    { isWon: true, isClosed: true, amount: null },
  ]);
  await everything(crm, 'ticket');
  expect(crm.calls().byKind.other).toBe(3);
});

test('links are complete over many pages, without repetitions, and records without any have none', async () => {
  const companies = numbered(23);
  const portal = portalOf({
    companies: companies.map((id) => record(id)),
    contacts: [
      record('1', {}, { associations: { companies } }),
      record('2', {}, { associations: { companies: companies.slice(0, 1) } }),
      record('3'),
    ],
  });
  const { crm } = await together(portal, { pageSizes: { associationsPerPage: 5 } });
  const links = await crm.linksOf('contact', ['1', '2', '3', '404']);
  expect(links.get('1')).toEqual({ company: companies });
  expect(links.get('2')).toEqual({ company: [companies[0]] });
  expect(links.get('3')).toEqual({ company: [] });
  expect(links.get('404')).toEqual({ company: [] });
  expect(crm.calls().byKind).toEqual({ associations: 5 });
});

test('the primary company comes first', async () => {
  const portal = portalOf({
    companies: [record('50'), record('60')],
    contacts: [
      record('1', {}, { associations: { companies: ['50', { id: '60', typeId: 1 }, { id: '60', typeId: 279 }] } }),
    ],
  });
  const { crm } = await together(portal);
  expect((await crm.linksOf('contact', ['1'])).get('1')).toEqual({ company: ['60', '50'] });
});

test('an answer names its contact and ticket itself, association or not', async () => {
  const portal = portalOf({
    contacts: [record('1')],
    tickets: [record('7')],
    feedback_submissions: [
      record('100', { hs_contact_id: '1', hs_ticket_id: '7' }),
      record('101', { hs_contact_id: '' }),
      record('102', { hs_contact_id: 'somebody' }),
    ],
  });
  const { crm } = await together(portal);
  const { records } = await crm.recordsAfter('answer', null);
  expect(records.map(({ links }) => links)).toEqual([{ contact: ['1'], ticket: ['7'] }, {}, {}]);
  expect(crm.calls().byKind).toEqual({ search: 1 });
});

test('companies have no links of their own to read', async () => {
  const { crm } = await together(portalOf({ companies: [record('1')] }));
  expect(await crm.linksOf('company', ['1'])).toEqual(new Map([['1', {}]]));
  expect(crm.calls().total).toBe(0);
});

test('ids beyond the precision of numbers arrive whole', async () => {
  const long = '9007199254740993123';
  const portal = portalOf({
    contacts: [record('1', {}, { associations: { companies: [long] } })],
    companies: [record(long)],
  });
  const { crm } = await together(portal);
  expect(ids(await everything(crm, 'company'))).toEqual([long]);
  expect((await crm.linksOf('contact', ['1'])).get('1')).toEqual({ company: [long] });
});

test('on one clock with HubSpot, a long reading never runs into a limit and stays near the allowance', async () => {
  const { crm, simulator, clock } = await together(
    portalOf({ contacts: numbered(3_000).map((id) => record(id)), companies: [record('1')] }),
    { limits: 'enforced' },
  );
  const start = clock.now();
  for (let round = 0; round < 6; round += 1) await everything(crm, 'contact');
  for (let call = 0; call < 400; call += 1) await crm.linksOf('contact', ['900']);
  const writes = [{ id: '900', properties: {} }];
  for (let call = 0; call < 400; call += 1) await crm.write('contact', writes);
  expect(refusals(simulator.statuses)).toBe(0);
  expect(crm.calls().byKind).toMatchObject({ search: 90, associations: 400, write: 400 });
  expect(clock.now() - start).toBeLessThan((90 / 5) * 1_100 + (400 / 150) * 11_000 + (400 / 190) * 11_000);
});

test('a wrong token is refused with where to get a right one', async () => {
  const { crm } = await together(portalOf({}), { token: 'pat-wrong' });
  await expect(crm.account()).rejects.toMatchObject({
    name: 'HubSpotRefusedError',
    status: 401,
    remedy: expect.stringContaining('HUBSPOT_ACCESS_TOKEN'),
  });
});

test('a tier without survey answers is told by the scope it lacks', async () => {
  const { crm } = await together(portalOf({}), { tier: 'starter' });
  await expect(crm.recordsAfter('answer', null)).rejects.toMatchObject({
    category: 'MISSING_SCOPES',
    message: expect.stringContaining('crm.objects.feedback_submissions.read'),
    remedy: expect.stringContaining('Service Hub Professional'),
  });
});

test('the account is the portal of the token', async () => {
  const { crm } = await together(portalOf({}));
  expect(await crm.account()).toEqual({ portalId: '4242', timeZone: 'Europe/Berlin', currency: 'EUR' });
});

test('a misspelt property of the configuration is found', async () => {
  const config = {
    customer: { until: [{ on: 'contact' as const, property: 'customer_unti' }] },
    ticket: { closedAt: 'closedate' },
  };
  const { crm } = await together(portalOf({}), { config });
  expect(await crm.undefinedProperties()).toEqual(['contacts.customer_unti', 'tickets.closedate']);
});

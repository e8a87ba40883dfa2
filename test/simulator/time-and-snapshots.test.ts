import { expect, test } from 'vitest';
import type { PortalEvent } from '#local/portals/portal.ts';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const future: PortalEvent[] = [
  {
    at: '2026-09-01T12:00:00.000Z',
    type: 'tickets',
    id: '7',
    change: 'create',
    properties: { subject: 'Help' },
    associations: { contacts: ['1'] },
  },
  {
    at: '2026-09-02T12:00:00.000Z',
    type: 'tickets',
    id: '7',
    change: 'update',
    properties: { hs_pipeline_stage: '4' },
  },
  { at: '2026-09-03T12:00:00.000Z', type: 'contacts', id: '1', change: 'archive' },
];
const contacts = [record('1', { properties: { email: 'ann@x.org' } })];

test('what is still to come happens when time passes, once, up to and including the moment', async () => {
  const hubspot = await running(smallPortal({ contacts }, { future }));
  expect((await hubspot.get('/crm/objects/2026-09/tickets')).body.results).toEqual([]);
  expect(hubspot.advance('2026-09-02T12:00:00.000Z')).toBe(2);
  expect(hubspot.advance('2026-09-02T12:00:00.000Z')).toBe(0);
  const ticket = await hubspot.get(
    '/crm/objects/2026-09/tickets/7?properties=subject,hs_pipeline_stage&associations=contacts',
  );
  expect(ticket.body).toMatchObject({
    createdAt: '2026-09-01T12:00:00.000Z',
    updatedAt: '2026-09-02T12:00:00.000Z',
    properties: { subject: 'Help', hs_pipeline_stage: '4', hs_lastmodifieddate: '2026-09-02T12:00:00.000Z' },
    associations: { contacts: { results: [{ id: '1', type: 'ticket_to_contact' }] } },
  });
  hubspot.advance('2026-12-01T00:00:00.000Z');
  expect((await hubspot.get('/crm/objects/2026-09/contacts')).body.results).toEqual([]);
  expect((await hubspot.get('/crm/objects/2026-09/contacts?archived=true')).body.results[0].archivedAt).toBe(
    '2026-09-03T12:00:00.000Z',
  );
});

test('a snapshot loaded again is the same portal, with what was written, created and still to come', async () => {
  const tickets = [record('5', { associations: { contacts: ['1'], companies: [{ id: '77', typeId: 26 }] } })];
  const first = await running(smallPortal({ contacts, tickets, companies: [record('77')] }, { future }));
  const score = { name: 'cx_total', label: 'Total', type: 'number', fieldType: 'number', groupName: 'cx' };
  await first.post('/crm/properties/2026-09/contacts/groups', { name: 'cx', label: 'CX' });
  await first.post('/crm/properties/2026-09/contacts', score);
  await first.send('PATCH', '/crm/objects/2026-09/contacts/1', { properties: { cx_total: '3' } });
  first.advance('2026-09-01T13:00:00.000Z');
  first.clock.set('2026-09-01T13:00:00.000Z');

  const saved = JSON.parse(JSON.stringify(first.snapshot()));
  const second = await running(saved);

  expect(saved.definition.asOf).toBe('2026-09-01T13:00:00.000Z');
  expect(saved.future).toHaveLength(2);
  expect(second.snapshot().records).toEqual(first.snapshot().records);
  const [path, company] = [
    '/crm/objects/2026-09/contacts/1?properties=cx_total&propertiesWithHistory=cx_total&associations=tickets',
    '/crm/v3/objects/companies/77?associations=tickets',
  ];
  expect((await second.get(path)).body).toEqual((await first.get(path)).body);
  expect((await second.get(company)).body).toEqual((await first.get(company)).body);
});

test.each([
  ['an id that is no number', [record('abc')], 'not a decimal number'],
  ['one id twice', [record('1'), record('1')], 'two contacts with the id 1'],
  ['an unreadable date', [record('1', { updatedAt: 'yesterday' })], 'no readable modified date'],
])('a portal with %s is not loaded', async (_title, broken, message) => {
  await expect(running(smallPortal({ contacts: broken }))).rejects.toThrow(message);
});

test('what a person edits in HubSpot is in the history as theirs', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  hubspot.portal.update('contacts', '1', { cx_score: '1' }, '2026-09-01T01:00:00.000Z');
  const { body } = await hubspot.get('/crm/v3/objects/contacts/1?propertiesWithHistory=cx_score');
  expect(body.propertiesWithHistory.cx_score).toEqual([
    { value: '1', timestamp: '2026-09-01T01:00:00.000Z', sourceType: 'CRM_UI' },
  ]);
});

import { expect, test } from 'vitest';
import { running } from './running.ts';
import { asOf, smallPortal } from './small-portal.ts';

test('the account states its portal as a number and its offset from UTC', async () => {
  const hubspot = await running(
    smallPortal({}, { account: { portalId: 7, timeZone: 'US/Eastern', companyCurrency: 'USD' } }),
  );
  const { body } = await hubspot.get('/account-info/v3/details');
  expect(body).toEqual({
    portalId: 7,
    accountType: 'STANDARD',
    timeZone: 'US/Eastern',
    companyCurrency: 'USD',
    additionalCurrencies: [],
    utcOffset: '-04:00',
    utcOffsetMilliseconds: -14_400_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  });
});

test('owners come in pages, the archived ones apart and without their user', async () => {
  const hubspot = await running(smallPortal());
  const first = await hubspot.get('/crm/v3/owners/?limit=1');
  expect(first.body.results[0]).toEqual({
    id: '71',
    email: 'ada@example.com',
    type: 'PERSON',
    firstName: 'Ada',
    lastName: 'L',
    userId: 9001,
    userIdIncludingInactive: 9001,
    createdAt: asOf,
    updatedAt: asOf,
    archived: false,
  });
  const second = await hubspot.get(`/crm/owners/2026-09?limit=1&after=${first.body.paging.next.after}`);
  expect(second.body.results[0].id).toBe('72');
  expect(second.body.paging).toBeUndefined();
  const archived = await hubspot.get('/crm/owners/2026-09?archived=true');
  expect(archived.body.results).toMatchObject([
    { id: '73', userId: null, userIdIncludingInactive: 9003, archived: true },
  ]);
});

test('pipelines carry their stages with text metadata', async () => {
  const hubspot = await running(smallPortal());
  const { body } = await hubspot.get('/crm/pipelines/2026-09/tickets');
  expect(body.results[0]).toMatchObject({ id: '0', label: 'Support Pipeline', displayOrder: 0, archived: false });
  expect(body.results[0].stages[1]).toEqual({
    id: '4',
    label: 'Closed',
    displayOrder: 1,
    metadata: { ticketState: 'CLOSED', isClosed: 'true' },
    createdAt: asOf,
    updatedAt: asOf,
    archived: false,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  });
});

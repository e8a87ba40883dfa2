import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

/** HubSpot's own client in front of a simulator: it knows nothing of us, so what it understands HubSpot would send. */
async function clientOf(portal = smallPortal()) {
  const hubspot = await running(portal);
  const client = new Client({ accessToken: hubspot.accessToken, basePath: hubspot.url });
  return { hubspot, crm: client.crm, client };
}

const contacts = Array.from({ length: 130 }, (_, index) =>
  record(String(index + 1), { properties: { email: `c${index + 1}@x.org` }, associations: { companies: ['900'] } }),
);
const companies = [record('900', { properties: { name: 'Acme' } })];

test("HubSpot's client pages through all contacts", async () => {
  const { crm } = await clientOf(smallPortal({ contacts, companies }));
  const all = await crm.contacts.getAll(undefined, undefined, ['email'], undefined, ['companies']);
  expect(all.map((each) => each.id)).toEqual(contacts.map((each) => each.id));
  expect(all[0]?.createdAt).toEqual(new Date('2026-01-01T00:00:00.000Z'));
  expect(all[0]?.associations?.companies?.results).toEqual([{ id: '900', type: 'contact_to_company_unlabeled' }]);
});

test("HubSpot's client searches contacts", async () => {
  const { crm } = await clientOf(smallPortal({ contacts, companies }));
  const filter = { propertyName: 'hs_object_id', operator: FilterOperatorEnum.Gt, value: '120' };
  const found = await crm.contacts.searchApi.doSearch({
    filterGroups: [{ filters: [filter] }],
    sorts: ['hs_object_id'],
    properties: ['email'],
    limit: 3,
    after: '0',
  });
  expect(found.total).toBe(10);
  expect(found.results.map((each) => each.properties.email)).toEqual(['c121@x.org', 'c122@x.org', 'c123@x.org']);
  expect(found.paging?.next?.after).toBe('3');
});

test("HubSpot's client reads and updates contacts in batches", async () => {
  const { crm, hubspot } = await clientOf(smallPortal({ contacts, companies }));
  const read = await crm.contacts.batchApi.read({
    inputs: [{ id: '1' }, { id: '999' }],
    properties: ['email'],
    propertiesWithHistory: [],
  });
  expect(read).toMatchObject({ numErrors: 1, results: [{ id: '1' }] });
  const updated = await crm.contacts.batchApi.update({ inputs: [{ id: '1', properties: { cx_score: '5' } }] });
  expect(updated.results[0]?.properties.cx_score).toBe('5');
  const refused = crm.contacts.batchApi.update({ inputs: [{ id: '1', properties: { nonsense: '5' } }] });
  await expect(refused).rejects.toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  expect(hubspot.calls).toMatchObject({ read: 1, write: 2 });
});

test("HubSpot's client lists tickets with stage history and survey answers with their ticket", async () => {
  const { crm } = await clientOf(
    smallPortal({
      contacts,
      companies,
      tickets: [
        record('5', {
          properties: { subject: 'Help', hs_pipeline_stage: '1' },
          associations: { contacts: ['1', '2'] },
        }),
      ],
      feedback_submissions: [record('8', { properties: { hs_value: '2' }, associations: { tickets: ['5'] } })],
    }),
  );
  const tickets = await crm.tickets.basicApi.getPage(
    50,
    undefined,
    ['subject'],
    ['hs_pipeline_stage'],
    ['contacts', 'companies'],
  );
  expect(tickets.results[0]?.propertiesWithHistory?.hs_pipeline_stage?.[0]?.value).toBe('1');
  expect(tickets.results[0]?.associations?.contacts?.results).toHaveLength(2);
  const answers = await crm.objects.feedbackSubmissions.basicApi.getPage(100, undefined, ['hs_value'], undefined, [
    'tickets',
  ]);
  expect(answers.results[0]?.properties).toMatchObject({ hs_value: '2', hs_object_id: '8' });
  expect(answers.results[0]?.associations?.tickets?.results).toEqual([
    { id: '5', type: 'feedback_submission_to_ticket' },
  ]);
});

test("HubSpot's client reads associations as numbers, with errors for records that have none", async () => {
  const { crm } = await clientOf(smallPortal({ contacts, companies: [...companies, record('901')] }));
  const read = await crm.associations.v4.batchApi.getPage('companies', 'contacts', {
    inputs: [{ id: '900' }, { id: '901' }],
  });
  expect(read.results[0]?.to).toHaveLength(130);
  expect(read.results[0]?.to[0]?.toObjectId).toBe(1);
  expect(read).toMatchObject({ numErrors: 1, errors: [{ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' }] });
});

test("HubSpot's client creates properties and groups", async () => {
  const { crm } = await clientOf();
  await crm.properties.groupsApi.create('tickets', { name: 'cx', label: 'CX', displayOrder: 1 });
  const score = {
    name: 'cx_effort',
    label: 'Effort',
    groupName: 'cx',
    type: PropertyCreateTypeEnum.Number,
    fieldType: PropertyCreateFieldTypeEnum.Number,
  };
  const created = await crm.properties.batchApi.create('tickets', { inputs: [score] });
  expect(created.results[0]).toMatchObject({ name: 'cx_effort', hubspotDefined: false });
  await expect(crm.properties.coreApi.create('tickets', score)).rejects.toMatchObject({ code: 409 });
  const all = await crm.properties.coreApi.getAll('tickets');
  expect(all.results.map((each) => each.name)).toContain('cx_effort');
});

test("HubSpot's client reads owners, pipelines and the account", async () => {
  const { crm, client } = await clientOf();
  const owners = await crm.owners.ownersApi.getPage(undefined, undefined, 100, false);
  expect(owners.results.map((each) => each.userId)).toEqual([9001, 9002]);
  const pipelines = await crm.pipelines.pipelinesApi.getAll('tickets');
  expect(pipelines.results[0]?.stages.map((each) => each.metadata?.ticketState)).toEqual(['OPEN', 'CLOSED']);
  const account = await client.apiRequest({ path: '/account-info/v3/details' });
  expect(await account.json()).toMatchObject({ portalId: 4242 });
});

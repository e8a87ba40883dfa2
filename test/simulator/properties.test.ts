import { describe, expect, test } from 'vitest';
import { objectTypes } from '#local/portals/portal.ts';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const path = '/crm/properties/2026-09/contacts';
const score = {
  name: 'cx_total',
  label: 'Total',
  type: 'number',
  fieldType: 'number',
  groupName: 'contactinformation',
};

test.each(objectTypes)('%s define their own dates and id, and say that they are not writable', async (type) => {
  const hubspot = await running(smallPortal());
  const { body } = await hubspot.get(`/crm/properties/2026-09/${type}`);
  const id = body.results.find((each: { name: string }) => each.name === 'hs_object_id');
  expect(id).toMatchObject({ type: 'number', hubspotDefined: true, modificationMetadata: { readOnlyValue: true } });
  expect(body.results.every((each: { groupName: unknown }) => typeof each.groupName === 'string')).toBe(true);
});

test('tickets define closed_date and every stage a date, but no closedate', async () => {
  const hubspot = await running(smallPortal());
  const statusOf = async (name: string) => (await hubspot.get(`/crm/properties/2026-09/tickets/${name}`)).status;
  expect(await statusOf('closed_date')).toBe(200);
  expect(await statusOf('hs_v2_date_entered_4')).toBe(200);
  expect(await statusOf('closedate')).toBe(404);
});

test('a created property answers 201 and can be written at once', async () => {
  const hubspot = await running(smallPortal({ contacts: [record('1')] }));
  const { status, body } = await hubspot.post(path, score);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...score,
    hubspotDefined: false,
    archived: false,
    modificationMetadata: { readOnlyValue: false },
  });
  await hubspot.send('PATCH', '/crm/objects/2026-09/contacts/1', { properties: { cx_total: '4' } });
  expect((await hubspot.get('/crm/objects/2026-09/contacts/1?properties=cx_total')).body.properties.cx_total).toBe('4');
});

test('a name that exists is 409 and leaves the property as it was', async () => {
  const hubspot = await running(smallPortal());
  await hubspot.post(path, score);
  const { status, body } = await hubspot.post(path, { ...score, label: 'Other' });
  expect(status).toBe(409);
  expect(body).toMatchObject({
    status: 'error',
    message: "A property named 'cx_total' already exists.",
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
  });
  expect((await hubspot.get(`${path}/cx_total`)).body.label).toBe('Total');
});

test('a batch creates what it can: 201 for all, 207 with errors for some', async () => {
  const hubspot = await running(smallPortal());
  const other = { ...score, name: 'cx_other' };
  expect((await hubspot.post(`${path}/batch/create`, { inputs: [score] })).status).toBe(201);
  const { status, body } = await hubspot.post(`${path}/batch/create`, { inputs: [score, other] });
  expect(status).toBe(207);
  expect(body).toMatchObject({
    numErrors: 1,
    results: [{ name: 'cx_other' }],
    errors: [{ category: 'OBJECT_ALREADY_EXISTS' }],
  });
});

test('an archived property is gone until its name is created again', async () => {
  const hubspot = await running(smallPortal());
  await hubspot.post(path, score);
  const created = (await hubspot.get(`${path}/cx_total`)).body.createdAt;
  hubspot.clock.pass(60_000);
  expect((await hubspot.send('DELETE', `${path}/cx_total`)).status).toBe(204);
  expect((await hubspot.get(`${path}/cx_total`)).status).toBe(404);
  expect((await hubspot.get(`${path}/cx_total?archived=true`)).body.archived).toBe(true);
  expect((await hubspot.post(path, score)).body).toMatchObject({ archived: false, createdAt: created });
});

test('a change without options keeps them, one with options replaces the list', async () => {
  const hubspot = await running(smallPortal());
  const options = (body: { options: { value: string }[] }) => body.options.map((each) => each.value);
  const relabelled = await hubspot.send('PATCH', `${path}/cx_band`, { label: 'Band' });
  expect([relabelled.body.label, options(relabelled.body)]).toEqual(['Band', ['good', 'bad']]);
  const replaced = await hubspot.send('PATCH', `${path}/cx_band`, {
    options: [{ label: 'New', value: 'new', displayOrder: 0, hidden: false }],
  });
  expect(options(replaced.body)).toEqual(['new']);
});

describe('definitions that are refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['without a group', { ...score, groupName: undefined }],
    ['in a group that does not exist', { ...score, groupName: 'nowhere' }],
    ['with a field type of another type', { ...score, fieldType: 'select' }],
    ['of a type the API cannot create', { ...score, type: 'json' }],
    ['with an upper-case name', { ...score, name: 'Total' }],
    ['an enumeration without options', { ...score, type: 'enumeration', fieldType: 'select' }],
  ])('%s', async (_title, definition) => {
    const hubspot = await running(smallPortal());
    expect((await hubspot.post(path, definition)).status).toBe(400);
  });
});

test('the account says how many custom properties are left', async () => {
  const hubspot = await running(smallPortal());
  const { body } = await hubspot.get('/crm/limits/2026-09/custom-properties');
  expect(body.byObjectType[0]).toEqual({ objectTypeId: '0-1', limit: 1_000, usage: 5, percentage: 0.5 });
  expect(body.overallUsage).toBe(5);
});

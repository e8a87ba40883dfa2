import { describe, expect, test } from 'vitest';
import { running } from './running.ts';
import { asOf, record, smallPortal } from './small-portal.ts';

const path = '/crm/objects/2026-09/contacts/batch/update';
const contacts = [
  record('1', { properties: { email: 'ann@x.org', cx_score: '1' } }),
  record('2', { properties: { email: 'ben@x.org' } }),
];
const input = (id: string, properties: Record<string, unknown>, rest = {}) => ({ id, properties, ...rest });
const problemsIn = (message: string) => JSON.parse(message.replace(/^Property values were not valid: /, ''));

test('a batch update writes values, moves the modified date and remembers who wrote what', async () => {
  const hubspot = await running(smallPortal({ contacts }), { appId: '555' });
  hubspot.clock.set('2026-09-02T10:00:00.000Z');
  const { status, body } = await hubspot.post(path, {
    inputs: [input('1', { cx_score: 7 }), input('2', { cx_score: '8' })],
  });
  expect(status).toBe(200);
  expect(body.status).toBe('COMPLETE');
  expect(body.results.map((each: { id: string }) => each.id)).toEqual(['2', '1']);
  const read = await hubspot.get('/crm/objects/2026-09/contacts/1?properties=cx_score&propertiesWithHistory=cx_score');
  expect(read.body).toMatchObject({
    properties: { cx_score: '7', lastmodifieddate: '2026-09-02T10:00:00.000Z' },
    updatedAt: '2026-09-02T10:00:00.000Z',
  });
  expect(read.body.propertiesWithHistory.cx_score).toEqual([
    { value: '7', timestamp: '2026-09-02T10:00:00.000Z', sourceType: 'INTEGRATION', sourceId: '555' },
    { value: '1', timestamp: '2026-01-01T00:00:00.000Z', sourceType: 'IMPORT' },
  ]);
});

test('a write that changes no value moves the modified date all the same', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  await hubspot.post(path, { inputs: [input('1', { cx_score: '1' })] });
  expect(hubspot.portal.records.contacts.get('1')?.updatedAt).toBe(asOf);
});

test('one bad record refuses the whole batch and nothing is written', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { status, body } = await hubspot.post(path, {
    inputs: [input('1', { cx_score: '5' }), input('2', { no_such: 'x' })],
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  expect(problemsIn(body.message)).toEqual([
    {
      isValid: false,
      message: 'Property "no_such" does not exist',
      error: 'PROPERTY_DOESNT_EXIST',
      name: 'no_such',
      localizedErrorMessage: 'Property "no_such" does not exist',
      portalId: 4242,
    },
  ]);
  expect(hubspot.portal.records.contacts.get('1')?.properties.cx_score).toBe('1');
});

test('with a trace id on every input the good records are written and the bad ones named', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { status, body } = await hubspot.post(path, {
    inputs: [
      input('1', { cx_score: '5' }, { objectWriteTraceId: 'a' }),
      input('2', { cx_band: 'ugly' }, { objectWriteTraceId: 'b' }),
    ],
  });
  expect(status).toBe(207);
  expect(body).toMatchObject({ numErrors: 1, results: [{ id: '1', objectWriteTraceId: 'a' }] });
  expect(body.errors[0]).toMatchObject({ category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['b'] } });
  expect(hubspot.portal.records.contacts.get('1')?.properties.cx_score).toBe('5');
});

test('unknown ids are missing from the results without an error', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { status, body } = await hubspot.post(path, {
    inputs: [input('1', { cx_score: '5' }), input('99', { cx_score: '5' })],
  });
  expect(status).toBe(200);
  expect(body.results).toHaveLength(1);
  expect(body.numErrors).toBeUndefined();
});

test('the same id twice refuses the batch in these words', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const { status, body } = await hubspot.post(path, { inputs: [input('1', {}), input('1', {})] });
  expect(status).toBe(400);
  expect(body).toEqual({
    status: 'error',
    message: 'Duplicate IDs found in batch input: [1]. IDs must be unique',
    correlationId: expect.any(String),
    context: { ids: ['1'] },
    category: 'VALIDATION_ERROR',
  });
});

test('hs_object_id is no idProperty, and 101 records are too many', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const byId = await hubspot.post(path, { inputs: [input('1', {}, { idProperty: 'hs_object_id' })] });
  expect(byId.status).toBe(400);
  expect(byId.body.message).toBe('Unable to perform update/upsert by non-unique 0-1 property hs_object_id');
  const inputs = Array.from({ length: 101 }, (_, index) => input(String(index), {}));
  expect((await hubspot.post(path, { inputs })).status).toBe(400);
});

describe('values', () => {
  const midnight = Date.UTC(2026, 8, 5);
  test.each<[string, string, unknown, string]>([
    ['an empty string clears', 'cx_score', '', ''],
    ['null leaves the value alone', 'cx_score', null, '1'],
    ['a day may be written as text', 'cx_day', '2026-09-05', '2026-09-05'],
    ['or as midnight UTC', 'cx_day', midnight, '2026-09-05'],
    ['a moment is stored as ISO 8601', 'cx_at', String(midnight + 1), '2026-09-05T00:00:00.001Z'],
    ['a bool may be JSON', 'cx_flag', true, 'true'],
    ['addresses become lower case', 'email', 'ANN@new.org', 'ann@new.org'],
  ])('%s', async (_title, name, value, stored) => {
    const hubspot = await running(smallPortal({ contacts }));
    const { status, body } = await hubspot.send('PATCH', '/crm/objects/2026-09/contacts/1', {
      properties: { [name]: value },
    });
    expect(status).toBe(200);
    if (value !== null) expect(body.properties[name]).toBe(stored);
    const read = await hubspot.get(`/crm/objects/2026-09/contacts/1?properties=${name}`);
    expect(read.body.properties[name]).toBe(stored);
  });

  test.each<[string, unknown, string, string | undefined]>([
    ['cx_score', 'ten', 'INVALID_INTEGER', undefined],
    ['cx_score', '1,000', 'INVALID_INTEGER', undefined],
    ['cx_band', 'ugly', 'INVALID_OPTION', 'ugly was not one of the allowed options: [good, bad]'],
    ['cx_flag', 'yes', 'INVALID_OPTION', undefined],
    ['cx_day', midnight + 36_979_200, 'INVALID_DATE', `${midnight + 36_979_200} is at 10:16:19.200 UTC, not midnight!`],
    ['cx_day', 'soon', 'INVALID_DATE', undefined],
    ['email', 'nobody', 'INVALID_EMAIL', undefined],
    ['hubspot_owner_id', '9001', 'INVALID_OPTION', undefined],
    ['num_associated_deals', '3', 'READ_ONLY_VALUE', undefined],
  ])('%s refuses %s with %s', async (name, value, error, message) => {
    const hubspot = await running(smallPortal({ contacts }));
    const { status, body } = await hubspot.send('PATCH', '/crm/objects/2026-09/contacts/1', {
      properties: { [name]: value },
    });
    expect(status).toBe(400);
    const [first] = problemsIn(body.message);
    expect(first).toMatchObject({ isValid: false, error, name, ...(message && { message }) });
  });

  test('an address of another contact is a conflict that names it in the text', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    const { status, body } = await hubspot.send('PATCH', '/crm/v3/objects/contacts/1', {
      properties: { email: 'ben@x.org' },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ category: 'CONFLICT', message: 'Contact already exists. Existing ID: 2' });
  });
});

test('survey answers can be read and never written', async () => {
  const hubspot = await running(
    smallPortal({ feedback_submissions: [record('1', { properties: { hs_value: '2' } })] }),
  );
  const base = '/crm/objects/2026-09/feedback_submissions';
  expect((await hubspot.get(`${base}/1`)).body.properties).toEqual({
    hs_createdate: '2026-01-01T00:00:00.000Z',
    hs_lastmodifieddate: '2026-06-01T00:00:00.000Z',
    hs_object_id: '1',
  });
  expect((await hubspot.send('PATCH', `${base}/1`, { properties: { hs_value: '1' } })).status).toBe(405);
  expect((await hubspot.post(`${base}/batch/update`, { inputs: [input('1', { hs_value: '1' })] })).status).toBe(405);
});

test('what calls changed can be done again on a portal freshly loaded', async () => {
  const changes: Parameters<NonNullable<Parameters<typeof running>[1]>['onChange'] & object>[0][] = [];
  const first = await running(smallPortal({ contacts }), { onChange: (call) => changes.push(call) });
  await first.post(path, { inputs: [input('1', { cx_score: '7' })] });
  await first.post(path, { inputs: [input('1', { cx_score: 'ten' })] });
  const second = await running(smallPortal({ contacts }));
  for (const call of changes) second.replay(call);
  expect(changes).toHaveLength(1);
  expect(second.snapshot()).toEqual(first.snapshot());
  expect(second.calls.write).toBe(0);
});

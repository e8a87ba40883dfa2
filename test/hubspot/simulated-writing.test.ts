import { expect, test } from 'vitest';
import { outputGroup, outputs } from '#hubspot/outputs.ts';
import type { PropertyWrite, WriteOutcome } from '#pipeline/ports.ts';
import { connected } from './connecting.ts';
import { type Behaviour, faultyServer, json } from './faulty-server.ts';
import { portalOf, record, together } from './portal.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(100 + index));
const byId = (outcomes: readonly WriteOutcome[]) => new Map(outcomes.map((outcome) => [outcome.id, outcome]));
const refusedIn = (outcomes: readonly WriteOutcome[]): string[] =>
  outcomes.filter(({ status }) => status === 'refused').map(({ id }) => id);
const scored = (id: string, score = '82'): PropertyWrite => ({ id, properties: { cx_health_score: score } });

test('setting up creates the group and every property once; doing it again creates nothing', async () => {
  const { crm, simulator } = await together(portalOf({}));
  const created = await crm.provisionOutputs(['contact', 'company']);
  expect(created).toEqual([
    ...outputs.map(({ name }) => `contacts.${name}`),
    ...outputs.map(({ name }) => `companies.${name}`),
  ]);
  expect(await crm.provisionOutputs(['contact', 'company'])).toEqual([]);
  const defined = simulator.portal.properties.companies;
  expect(defined.hasGroup(outputGroup.name)).toBe(true);
  expect(defined.find('cx_health_band')).toMatchObject({
    type: 'enumeration',
    fieldType: 'select',
    options: expect.arrayContaining([expect.objectContaining({ value: 'insufficient_data' })]),
  });
  expect(defined.find('cx_upsell_candidate')).toMatchObject({ type: 'bool', fieldType: 'booleancheckbox' });
});

test('writes go out in batches of the size HubSpot takes', async () => {
  const ids = numbered(12);
  const portal = portalOf({ contacts: ids.map((id) => record(id)) });
  const { crm } = await together(portal, { sizes: { batch: 5 }, pageSizes: { objectBatch: 5 } });
  await crm.provisionOutputs(['contact']);
  const outcomes = await crm.write(
    'contact',
    ids.map((id) => scored(id)),
  );
  expect(outcomes.map(({ id, status }) => [id, status])).toEqual(ids.map((id) => [id, 'written']));
  expect(crm.calls().byKind.write).toBe(3);
});

test('what is described is accepted, read back and the same', async () => {
  const { crm } = await together(portalOf({ contacts: [record('1')] }));
  await crm.provisionOutputs(['contact']);
  const wanted = crm.describeOutputs({
    cx_health_score: 82.5,
    cx_health_band: 'high',
    cx_churn_risk_band: 'insufficient_data',
    cx_churn_reasons: 'Two bad answers (1 of 7)\nOne open ticket',
    cx_upsell_candidate: true,
    cx_nps_group: 'promoter',
    cx_last_nps: 9,
    cx_data_quality: 0.75,
    cx_scored_at: Date.parse('2026-09-01T08:00:00Z'),
    cx_score_version: '1',
    cx_upsell_reason: null,
  });
  const outcomes = await crm.write('contact', [{ id: '1', properties: wanted }]);
  expect(outcomes).toEqual([{ id: '1', status: 'written', modifiedAt: expect.any(Number) }]);
  const { records } = await crm.recordsAfter('contact', null);
  const held = records[0]?.outputs ?? {};
  expect(records[0]?.modifiedAt).toBe(outcomes[0]?.status === 'written' && outcomes[0].modifiedAt);
  for (const [name, value] of Object.entries(wanted)) expect(crm.sameOutput(name, held[name] ?? '', value)).toBe(true);
  expect(held).not.toHaveProperty('cx_upsell_reason');
});

test('bad records of a batch are refused by name, the others are written, whatever the order of the answer', async () => {
  const ids = numbered(100);
  const { crm } = await together(portalOf({ companies: ids.map((id) => record(id)) }));
  await crm.provisionOutputs(['company']);
  const writes = ids.map((id, index) => scored(id, index % 40 === 7 ? 'many' : String(index)));
  writes[50] = { id: '404', properties: { cx_health_score: '1' } };
  writes[51] = { id: ids[51] ?? '', properties: { cx_health_band: 'splendid' } };
  const outcomes = await crm.write('company', writes);
  expect(outcomes).toHaveLength(100);
  expect(refusedIn(outcomes)).toEqual(['107', '147', '404', '151', '187']);
  expect(byId(outcomes).get('404')).toMatchObject({ code: 'NOT_WRITTEN', remedy: expect.any(String) });
  expect(byId(outcomes).get('151')).toMatchObject({
    code: 'INVALID_OPTION',
    because: 'cx_health_band does not offer the option',
    remedy: expect.stringContaining('Add the option again'),
  });
  expect(crm.calls().byKind.write).toBe(1);
  const { records } = await crm.recordsAfter('company', null);
  expect(records.filter(({ outputs }) => outputs.cx_health_score !== undefined)).toHaveLength(95);
});

test('a property that was not set up refuses each record, saying how to set it up', async () => {
  const { crm } = await together(portalOf({ contacts: [record('1')] }));
  expect(await crm.write('contact', [scored('1')])).toEqual([
    {
      id: '1',
      status: 'refused',
      code: 'PROPERTY_DOESNT_EXIST',
      because: 'the portal has no property cx_health_score',
      remedy: expect.stringContaining('cx write --go'),
      lacksProperty: true,
    },
  ]);
});

interface Input {
  readonly id: string;
  readonly objectWriteTraceId: string;
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, string>>;
}

const inputsOf = (bodyText: string): Input[] => (JSON.parse(bodyText) as { inputs: Input[] }).inputs;
const invalid = (problems: readonly object[]) => ({
  status: 'error',
  message: `Property values were not valid: ${JSON.stringify(problems)}`,
  category: 'VALIDATION_ERROR',
  correlationId: 'c0ffee',
});
const accepted = (inputs: readonly Input[], renamed: Readonly<Record<string, string>> = {}) => ({
  status: 'COMPLETE',
  results: inputs.map(({ id, objectWriteTraceId, properties }) => ({
    id: renamed[id] ?? id,
    objectWriteTraceId,
    properties,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-09-01T08:00:00Z',
  })),
  startedAt: '2026-09-01T08:00:00Z',
  completedAt: '2026-09-01T08:00:00Z',
});

/** A HubSpot that knows no trace ids: one bad record refuses the whole batch. */
const allOrNothing: Behaviour = (response, request) => {
  const inputs = inputsOf(request.bodyText);
  const isBad = inputs.some(({ properties }) => properties.cx_health_score === 'bad');
  const problems = [
    { isValid: false, message: 'bad was not an integer', error: 'INVALID_INTEGER', name: 'cx_health_score' },
  ];
  (isBad ? json(400, invalid(problems)) : json(200, accepted(inputs)))(response, request);
};

test.each([[[3]], [[0, 99]], [[10, 11, 12, 60]]])(
  'where one bad record refuses the whole batch, exactly the bad ones are found: %j of 100',
  async (bad) => {
    const server = await faultyServer([allOrNothing]);
    const writes = numbered(100).map((id, index) => scored(id, bad.includes(index) ? 'bad' : '1'));
    const outcomes = await connected(server.url).write('contact', writes);
    expect(refusedIn(outcomes).sort()).toEqual(bad.map((index) => String(100 + index)));
    expect(outcomes).toHaveLength(100);
    expect(byId(outcomes).get(String(100 + (bad[0] ?? 0)))).toMatchObject({
      code: 'INVALID_INTEGER',
      because: 'HubSpot does not take the value of cx_health_score',
    });
    expect(server.seen.length).toBeLessThanOrEqual(1 + bad.length * 14);
    const inputs = server.bodies.flatMap(inputsOf);
    expect(inputs.every(({ id, objectWriteTraceId, idProperty }) => objectWriteTraceId === id && !idProperty)).toBe(
      true,
    );
  },
);

test('a missing property refuses all that carry it without a search for them', async () => {
  const problem = [{ error: 'PROPERTY_DOESNT_EXIST', name: 'cx_health_band', isValid: false }];
  const server = await faultyServer([
    json(400, invalid(problem)),
    (response, request) => json(200, accepted(inputsOf(request.bodyText)))(response, request),
  ]);
  const writes = numbered(10).map((id, index) =>
    index < 6 ? { id, properties: { cx_health_band: 'high' } } : scored(id),
  );
  const outcomes = await connected(server.url).write('contact', writes);
  expect(refusedIn(outcomes)).toEqual(numbered(6));
  expect(server.seen).toHaveLength(2);
});

test('of two ids that HubSpot has merged, the surviving record is written last and the other is reported', async () => {
  const duplicates = {
    status: 'error',
    message: 'Duplicate IDs found in batch input: [205]. IDs must be unique',
    context: { ids: ['205'] },
    category: 'VALIDATION_ERROR',
  };
  const server = await faultyServer([
    (response, request) => {
      const inputs = inputsOf(request.bodyText);
      const both = ['101', '205'].every((id) => inputs.some((input) => input.id === id));
      (both ? json(400, duplicates) : json(200, accepted(inputs, { 101: '205' })))(response, request);
    },
  ]);
  const outcomes = await connected(server.url).write('contact', [scored('205'), scored('101'), scored('300')]);
  expect(byId(outcomes).get('205')?.status).toBe('written');
  expect(byId(outcomes).get('300')?.status).toBe('written');
  expect(byId(outcomes).get('101')).toMatchObject({
    code: 'MERGED_RECORD',
    because: 'the record is now part of record 205',
  });
  expect(server.bodies.map((body) => inputsOf(body).map(({ id }) => id))).toEqual([
    ['205', '101', '300'],
    ['101', '300'],
    ['205'],
  ]);
});

test('errors that come with status 200 count as those of a 207', async () => {
  const error = {
    ...invalid([{ error: 'READ_ONLY_VALUE', name: 'cx_health_score' }]),
    context: { objectWriteTraceId: ['101'] },
  };
  const server = await faultyServer([
    (response, request) => {
      const inputs = inputsOf(request.bodyText).filter(({ id }) => id !== '101');
      json(200, { ...accepted(inputs), numErrors: 1, errors: [error] })(response, request);
    },
  ]);
  const outcomes = await connected(server.url).write('contact', [scored('100'), scored('101')]);
  expect(outcomes).toMatchObject([
    { id: '100', status: 'written' },
    { id: '101', status: 'refused', code: 'READ_ONLY_VALUE', because: 'cx_health_score is read-only' },
  ]);
});

test('a token that may not write is an error, not a hundred refusals', async () => {
  const { crm } = await together(portalOf({ contacts: [record('1')] }), { scopes: ['crm.objects.contacts.read'] });
  await expect(crm.write('contact', [scored('1')])).rejects.toMatchObject({ category: 'MISSING_SCOPES', status: 403 });
});

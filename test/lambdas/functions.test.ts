import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CxRecord } from '#domain/records/record.ts';
import { messageOf } from '#hubspot/webhook/message.ts';
import { type Bundle, bundleFunction, projectRoot } from '#lib/bundle.ts';
import { type FunctionName, functionEnvironments } from '#platform/environment/functions.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { deliveryOf } from './continuation-queue.ts';
import { type Answer, deploy } from './deployed-function.ts';
import { personal } from './small-portal.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

const names = Object.keys(functionEnvironments) as FunctionName[];

/** An event that a function takes. */
const events: Partial<Record<FunctionName, unknown>> = {
  'receive-webhook': { headers: {}, requestContext: { http: { method: 'POST' } } },
  'apply-changes': {
    Records: [{ messageId: '1', receiptHandle: 'h', body: '', attributes: { ApproximateReceiveCount: '1' } }],
  },
};

let folder: string;
let bundles: Record<FunctionName, Bundle>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'functions-'));
  bundles = Object.fromEntries(names.map((name) => [name, bundleFunction(name, join(folder, name))])) as typeof bundles;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a deployed function', () => {
  test.each(names)('%s loads by itself, without node_modules, and exports its handler', async (name) => {
    const loaded = await deploy(bundles[name].file, name, {});
    expect(loaded.loaded).toBe('function');
    await loaded.end();
  });

  test.each(names)('%s says which variables its environment lacks', async (name) => {
    const incomplete = await deploy(bundles[name].file, name, {});
    const { failure } = await incomplete.invoke(events[name] ?? {});
    expect(failure?.name).toBe('ConfigurationError');
    const required = Object.entries(functionEnvironments[name].shape).filter(
      ([, type]) => !type.safeParse(undefined).success,
    );
    expect(required.length).toBeGreaterThan(0);
    for (const [variable] of required) expect(failure?.message).toContain(`${variable} is missing`);
    const { lines } = await incomplete.end();
    expect(lines).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'failed', retryable: false }));
  });

  test.each(names)('%s refuses an event it does not understand', async (name) => {
    const called = await deploy(bundles[name].file, name, {});
    const { failure } = await called.invoke({ mood: 'write' });
    expect(failure?.name).toBe('PayloadError');
    if (events[name] === undefined) expect(failure?.message).toContain('mood');
    await called.end();
  });
});

test('NOTICE names every package that is bundled', () => {
  const notice = readFileSync(join(projectRoot, 'NOTICE'), 'utf8');
  const named = [...notice.matchAll(/@?[a-z0-9-]+(\/[a-z0-9*-]+)?/g)].map(([word]) => word);
  const bundled = names.flatMap((name) => bundles[name].packages);
  expect(bundled.length).toBeGreaterThan(0);
  expect(bundled.filter((id) => !named.includes(id) && !named.includes(id.replace(/\/.*/, '/*')))).toEqual([]);
});

describe('the deployed functions together', () => {
  let around: Surroundings;
  let environment: Readonly<Record<string, string>>;
  const logs: string[] = [];

  /** One invocation in a sandbox of its own. */
  const run = async (
    name: FunctionName,
    event: unknown = {},
    changed: Record<string, string> = {},
  ): Promise<Answer> => {
    const deployed = await deploy(bundles[name].file, name, { ...environment, ...changed });
    const answer = await deployed.invoke(event);
    logs.push((await deployed.end()).text);
    return answer;
  };
  const scoredContacts = (): number =>
    around.hubSpot
      .snapshot()
      .records.contacts.filter(({ properties }) => Object.keys(properties).some((name) => name.startsWith('cx_')))
      .length;
  const write = { mode: 'write' };

  beforeAll(async () => {
    around = await startSurroundings();
    await around.table('records');
    environment = around.environment('records');
  });

  afterAll(() => around.close());

  test('bring HubSpot into the table, compute, score, and write the scores back', async () => {
    const { report: pulled } = await run('pull-changes');
    expect(pulled).toMatchObject({
      done: true,
      kinds: { contact: { seen: 3 }, ticket: { seen: 12 }, answer: { seen: 12 } },
    });
    expect((await run('compute-metrics')).report).toMatchObject({ done: true });
    expect((await run('score-records')).report).toMatchObject({ done: true });
    expect((await run('write-back')).report).toMatchObject({ done: true, planned: 3, written: 0 });
    expect(scoredContacts(), 'without a mode it only plans').toBe(0);
    expect((await run('write-back', write)).report).toMatchObject({ done: true, written: 3, refused: [] });
    expect(scoredContacts()).toBe(3);
  });

  test('write nothing when they run again and nothing has changed', async () => {
    const before = around.hubSpot.snapshot();
    for (const name of ['pull-changes', 'compute-metrics', 'score-records'] as const) await run(name);
    expect((await run('write-back', write)).report).toMatchObject({ done: true, planned: 0, written: 0 });
    expect(around.hubSpot.snapshot().records).toEqual(before.records);
  });

  test('take a webhook from the queue into the table, onto the scores and back onto the record', async () => {
    const store = dynamoStore({ tableName: 'records', endpoint: around.db.url });
    const [contact] = around.hubSpot.snapshot().records.contacts;
    const occurredAt = Date.now();
    const told = {
      eventId: 1,
      subscriptionId: 2,
      portalId: around.hubSpot.portal.definition.account.portalId,
      appId: 3,
      occurredAt,
      subscriptionType: 'contact.propertyChange',
      attemptNumber: 0,
      objectId: Number(contact?.id),
      propertyName: 'lifecyclestage',
      propertyValue: 'other',
      changeSource: 'CRM_UI',
      sourceId: 'userId:1',
    };
    around.hubSpot.portal.update(
      'contacts',
      contact?.id ?? '',
      { lifecyclestage: 'other' },
      new Date(occurredAt).toISOString(),
    );
    const request = { method: 'POST', url: 'https://example.com/hubspot/webhook', signature: 's', timestamp: '1' };
    const queued = messageOf({ ...request, body: Buffer.from(JSON.stringify([told])) }, occurredAt);
    around.next.take();
    const records = [queued, 'no message of ours'].map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: `handle-${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    expect((await run('apply-changes', { Records: records })).report).toEqual({ batchItemFailures: [] });
    expect((await store.readRecords('contact', [contact?.id ?? ''])).get(contact?.id ?? '')).toMatchObject({
      fields: { lifecycleStage: 'other', isCustomer: false },
    });
    expect(await Array.fromAsync(store.deadLetters())).toMatchObject([{ error: 'PayloadError' }]);
    const [nudge] = around.next.take();
    expect(JSON.parse(nudge?.body ?? '')).toEqual({ event: {}, continuation: 0 });

    expect((await run('score-records', deliveryOf({ body: nudge?.body ?? '' }))).report).toMatchObject({ queued: 1 });
    const [writing] = around.next.take();
    const writeBack = await deploy(bundles['write-back'].file, 'write-back', environment);
    const { report } = await writeBack.invoke(deliveryOf({ body: writing?.body ?? '' }));
    expect(report).toMatchObject({ written: 1, latenciesMs: [expect.any(Number)] });
    const { lines, text } = await writeBack.end();
    logs.push(text);
    expect(lines).toContainEqual(expect.objectContaining({ ChangeToScoreLatency: expect.any(Number) }));
  });

  test('give webhooks back for a moment while HubSpot is busy, and for longer each time', async () => {
    const told = {
      eventId: 1,
      subscriptionId: 2,
      portalId: around.hubSpot.portal.definition.account.portalId,
      appId: 3,
      occurredAt: Date.now(),
      subscriptionType: 'contact.creation',
      attemptNumber: 0,
      objectId: 987654,
    };
    const request = { method: 'POST', url: 'https://example.com/hubspot/webhook', signature: 's', timestamp: '1' };
    const body = messageOf({ ...request, body: Buffer.from(JSON.stringify([told])) }, Date.now());
    const records = ['1', '4'].map((count) => ({
      messageId: `m${count}`,
      receiptHandle: `handle-${count}`,
      body,
      attributes: { ApproximateReceiveCount: count },
    }));
    const nowhere = { HUBSPOT_BASE_URL: 'http://127.0.0.1:9' };
    around.queue.takeReturned();
    const { report } = await run('apply-changes', { Records: records }, nowhere);
    expect(report).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm4' }] });
    expect(around.queue.takeReturned()).toEqual([
      { ReceiptHandle: 'handle-1', VisibilityTimeout: 10 },
      { ReceiptHandle: 'handle-4', VisibilityTimeout: 80 },
    ]);
  });

  test('compare the table with HubSpot, repair what had drifted, and count it', async () => {
    const store = dynamoStore({ tableName: 'records', endpoint: around.db.url });
    const ticket = (await store.readRecords('ticket', ['501'])).get('501') as CxRecord<'ticket'>;
    await store.saveRecords([{ ...ticket, fields: { ...ticket.fields, subject: 'Not so' } }]);
    const reconcile = await deploy(bundles.reconcile.file, 'reconcile', environment);
    const { report } = await reconcile.invoke({ full: true });
    expect(report).toMatchObject({ done: true, skipped: {}, kinds: { ticket: { checked: 12, different: 1 } } });
    const { lines, text } = await reconcile.end();
    // The contacts were just written to: the next pull reads them anyway.
    const counted = {
      RecordsCompared: 24,
      RecordsMissing: 0,
      RecordsExtra: 0,
      RecordsDifferent: 1,
      RecordsRepaired: 1,
    };
    expect(lines).toContainEqual(expect.objectContaining(counted));
    const { linkedAt: _, ...repaired } = (await store.readRecords('ticket', ['501'])).get('501') as CxRecord;
    expect({ ...repaired, linkedAt: ticket.linkedAt }).toEqual(ticket);
    logs.push(text);
  });

  test('read a replaced token without being deployed again, and say what to do about the old one', async () => {
    const replaced = 'pat-eu1-revoked';
    around.secrets.put(replaced);
    const pullChanges = await deploy(bundles['pull-changes'].file, 'pull-changes', environment);
    expect((await pullChanges.invoke({})).failure?.name).toBe('HubSpotRefusedError');
    around.secrets.put(around.hubSpot.accessToken);
    expect((await pullChanges.invoke({})).report).toMatchObject({ done: true });
    const { lines, text } = await pullChanges.end();
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'failed', level: 'ERROR', remedy: expect.stringMatching(/token/i) }),
    );
    expect(text).not.toContain(replaced);
    logs.push(text);
  });

  test('say so when their secret cannot be read', async () => {
    const { failure } = await run('pull-changes', {}, { HUBSPOT_TOKEN_SECRET: 'another-secret' });
    expect(failure).toMatchObject({ name: 'ConfigurationError', message: 'The HubSpot token cannot be read: 400.' });
  });

  test('log what they did in figures, and no name, no address, no word of a customer and no secret', () => {
    const everything = logs.join('\n');
    expect(everything).toContain('"kinds.contact.seen":3');
    for (const word of [...Object.values(personal), around.hubSpot.accessToken, 'secret-key-of-the-role'])
      expect(everything).not.toContain(word);
  });
});

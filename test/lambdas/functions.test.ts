import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, bundleFunction, projectRoot } from '#lib/bundle.ts';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { type FunctionName, functionEnvironments } from '#platform/environment/functions.ts';
import { systemClock } from '#platform/system-clock.ts';
import { createTable } from '#store/create-table.ts';
import { type Answer, deploy } from './deployed-function.ts';
import { type SecretsExtension, startSecretsExtension } from './secrets-extension.ts';
import { personal, smallPortal } from './small-portal.ts';

const names = Object.keys(functionEnvironments) as FunctionName[];
const secretName = 'the-secret';

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
    const { failure } = await incomplete.invoke({});
    expect(failure?.name).toBe('ConfigurationError');
    expect(failure?.message).toContain('TABLE_NAME is missing');
    const { lines } = await incomplete.end();
    expect(lines).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'failed', retryable: false }));
  });

  test.each(names)('%s refuses an event it does not understand', async (name) => {
    const called = await deploy(bundles[name].file, name, {});
    const { failure } = await called.invoke({ mood: 'write' });
    expect(failure?.name).toBe('PayloadError');
    expect(failure?.message).toContain('mood');
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
  let db: EmbeddedDynamoDb;
  let hubSpot: Simulator;
  let secrets: SecretsExtension;
  let environment: Record<string, string>;
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
    hubSpot
      .snapshot()
      .records.contacts.filter(({ properties }) => Object.keys(properties).some((name) => name.startsWith('cx_')))
      .length;
  const write = { mode: 'write' };

  beforeAll(async () => {
    db = await startDynamoDb();
    await createTable({ tableName: 'records', endpoint: db.url });
    hubSpot = await startSimulator({ portal: smallPortal(Date.now()), clock: systemClock });
    secrets = await startSecretsExtension(secretName, hubSpot.accessToken);
    environment = {
      TABLE_NAME: 'records',
      HUBSPOT_BASE_URL: hubSpot.url,
      HUBSPOT_TOKEN_SECRET: secretName,
      AWS_ENDPOINT_URL_DYNAMODB: db.url,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret-key-of-the-role',
      ...secrets.environment,
    };
  });

  afterAll(async () => {
    secrets.close();
    await hubSpot.close();
    await db.close();
  });

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
    const before = hubSpot.snapshot();
    for (const name of ['pull-changes', 'compute-metrics', 'score-records'] as const) await run(name);
    expect((await run('write-back', write)).report).toMatchObject({ done: true, planned: 0, written: 0 });
    expect(hubSpot.snapshot().records).toEqual(before.records);
  });

  test('read a replaced token without being deployed again, and say what to do about the old one', async () => {
    const replaced = 'pat-eu1-revoked';
    secrets.put(replaced);
    const pullChanges = await deploy(bundles['pull-changes'].file, 'pull-changes', environment);
    expect((await pullChanges.invoke({})).failure?.name).toBe('HubSpotRefusedError');
    secrets.put(hubSpot.accessToken);
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
    for (const word of [...Object.values(personal), hubSpot.accessToken, 'secret-key-of-the-role'])
      expect(everything).not.toContain(word);
  });
});

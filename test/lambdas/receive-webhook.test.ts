import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readMessage, verifyAgain } from '#hubspot/webhook/message.ts';
import { type Bundle, bundleFunction } from '#lib/bundle.ts';
import { signatureHeaders } from '../hubspot/webhook-request.ts';
import { type LocalQueue, startQueue } from './continuation-queue.ts';
import { type DeployedFunction, deploy } from './deployed-function.ts';
import { type SecretsExtension, startSecretsExtension } from './secrets-extension.ts';

const name = 'receive-webhook';
const url = 'https://abc123.execute-api.eu-central-1.amazonaws.com/hubspot/webhook';
const secret = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const events = '[{"objectId":512,"propertyName":"firstname","propertyValue":"Wilhelmina"}]';

let folder: string;
let bundle: Bundle;
let queue: LocalQueue;
let secrets: SecretsExtension;
let door: DeployedFunction;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'receive-webhook-'));
  bundle = bundleFunction(name, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  queue = await startQueue();
  secrets = await startSecretsExtension('the-client-secret', secret);
  door = await deploy(bundle.file, name, {
    WEBHOOK_URL: url,
    WEBHOOK_QUEUE_URL: queue.url,
    HUBSPOT_CLIENT_SECRET_NAME: 'the-client-secret',
    AWS_ENDPOINT_URL_SQS: new URL(queue.url).origin,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret-key-of-the-role',
    ...secrets.environment,
  });
});
afterEach(async () => {
  await door.end();
  queue.close();
  secrets.close();
});

/** A webhook as an HTTP API hands it to its function: payload format 2.0. */
const called = (body: string, signedBy = secret) => ({
  version: '2.0',
  routeKey: 'POST /hubspot/webhook',
  rawPath: '/hubspot/webhook',
  rawQueryString: '',
  headers: signatureHeaders({ url, bytes: Buffer.from(body), at: Date.now(), secret: signedBy }),
  requestContext: {
    accountId: '000000000000',
    apiId: 'abc123',
    http: { method: 'POST', path: '/hubspot/webhook', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
    requestId: 'request-1',
    stage: '$default',
  },
  body,
  isBase64Encoded: false,
});

describe('receive-webhook as deployed', () => {
  test('is no larger than 450 kB, and knows neither HubSpot nor the table', () => {
    expect(statSync(bundle.file).size).toBeLessThanOrEqual(450_000);
    expect(bundle.packages).toContain('@aws-sdk/client-sqs');
    expect(bundle.packages.filter((id) => /hubspot|dynamodb/.test(id))).toEqual([]);
  });

  test('puts a webhook that HubSpot signed into the queue, and answers with a status alone', async () => {
    expect(await door.invoke(called(events))).toEqual({ report: { statusCode: 204 } });
    const [sent, ...others] = queue.take();
    expect(others).toEqual([]);
    const read = readMessage(sent?.body ?? '');
    if ('because' in read) throw new Error(read.because);
    expect(read.message.body).toBe(events);
    expect(verifyAgain(read.message, [secret])).toEqual({ verified: true });
    const { lines, text } = await door.end();
    expect(lines).toContainEqual(expect.objectContaining({ WebhooksStored: 1 }));
    expect(text).not.toContain('Wilhelmina');
  });

  test('takes one in base64', async () => {
    const inBase64 = { ...called(events), body: Buffer.from(events).toString('base64'), isBase64Encoded: true };
    expect(await door.invoke(inBase64)).toEqual({ report: { statusCode: 204 } });
    expect(queue.take()).toHaveLength(1);
  });

  test('takes one that is malformed: HubSpot would send it all day', async () => {
    expect(await door.invoke(called('["\uFFFF", no JSON'))).toEqual({ report: { statusCode: 204 } });
    expect(queue.take()).toHaveLength(1);
  });

  test('answers 401 to what another signed, queues nothing, and logs why but not what', async () => {
    expect(await door.invoke(called(events, 'another'))).toEqual({ report: { statusCode: 401 } });
    expect(queue.take()).toEqual([]);
    const { lines, text } = await door.end();
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'WARN', because: 'The signature is not that of this request.' }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ WebhooksRefused: 1 }));
    for (const word of ['Wilhelmina', secret, 'another']) expect(text).not.toContain(word);
  });

  test('answers 503 while the queue cannot be reached, so that HubSpot sends it again', async () => {
    queue.close();
    expect(await door.invoke(called(events))).toEqual({ report: { statusCode: 503 } });
    const { lines } = await door.end();
    expect(lines).toContainEqual(expect.objectContaining({ WebhooksNotStored: 1 }));
  });

  test('believes two client secrets while one replaces the other', async () => {
    secrets.put(`${secret}\nthe-new-one\n`);
    for (const signer of [secret, 'the-new-one'])
      expect(await door.invoke(called(events, signer)), signer).toEqual({ report: { statusCode: 204 } });
    expect(await door.invoke(called(events, `${secret}\nthe-new-one`))).toEqual({ report: { statusCode: 401 } });
  });

  test('believes a new client secret as soon as it is there, without being deployed again', async () => {
    expect(await door.invoke(called(events))).toEqual({ report: { statusCode: 204 } });
    expect(await door.invoke(called(events, 'the-new-one'))).toEqual({ report: { statusCode: 401 } });
    secrets.put(`${secret}\nthe-new-one`);
    expect(await door.invoke(called(events, 'the-new-one'))).toEqual({ report: { statusCode: 204 } });
    expect(queue.take()).toHaveLength(2);
  });

  test('says what to do where the secret cannot be read, and HubSpot sends it again', async () => {
    secrets.put('');
    const { failure } = await door.invoke(called(events));
    expect(failure).toMatchObject({ name: 'ConfigurationError' });
    const { lines } = await door.end();
    expect(lines).toContainEqual(expect.objectContaining({ remedy: expect.stringContaining('client secret') }));
    expect(queue.take()).toEqual([]);
  });
});

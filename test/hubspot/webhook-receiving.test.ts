import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { largestMessage, readMessage, verifyAgain } from '#hubspot/webhook/message.ts';
import { type Receipt, receiveWebhook, type WebhookRequest } from '#hubspot/webhook/receive.ts';
import { signatureHeaders } from './webhook-request.ts';

const secret = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const now = 1_770_000_000_000;
const publicUrl = 'https://hooks.example.com/hubspot/webhook';

/** A webhook with these bytes, signed and handed over as an HTTP API does. */
const webhook = (bytes: Uint8Array, { at = now, query = '' } = {}): WebhookRequest => ({
  headers: signatureHeaders({ url: query === '' ? publicUrl : `${publicUrl}?${query}`, bytes, at, secret }),
  rawQueryString: query,
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
  requestContext: { http: { method: 'POST' } },
});

/** Receives a request; answers what became of it and what was queued. */
async function receive(request: WebhookRequest): Promise<{ receipt: Receipt; queued: string[] }> {
  const queued: string[] = [];
  const enqueue = async (message: string): Promise<void> => {
    queued.push(message);
  };
  return { receipt: await receiveWebhook({ request, publicUrl, secrets: [secret], now, enqueue }), queued };
}

/** The one message that was queued for a request. */
async function stored(request: WebhookRequest) {
  const { receipt, queued } = await receive(request);
  expect(receipt).toEqual({ outcome: 'stored', statusCode: 204 });
  expect(queued).toHaveLength(1);
  const [text = ''] = queued;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(largestMessage);
  const read = readMessage(text);
  if ('because' in read) throw new Error(read.because);
  return { text, message: read.message };
}

describe('a webhook that is received', () => {
  test('is queued as it came, with all that it takes to verify it once more', async () => {
    const body = '[{"objectId":9007199254740993,"propertyValue":"Zoë 漢 😀"}]';
    const request = { ...webhook(Buffer.from(body)), body, isBase64Encoded: false };
    const { text, message } = await stored(request);
    expect(JSON.parse(text)).toEqual({
      version: 1,
      receivedAt: now,
      method: 'POST',
      url: publicUrl,
      signature: request.headers['x-hubspot-signature-v3'],
      timestamp: String(now),
      body,
      encoding: 'text',
    });
    expect(message.body).toBe(body);
    expect(verifyAgain(message, ['another', secret])).toEqual({ verified: true });
  });

  test('is the same whether the API hands it over as text or in base64', async () => {
    const body = '[{"propertyValue":"Zoë"}]';
    const inBase64 = webhook(Buffer.from(body));
    const asText = { ...inBase64, body, isBase64Encoded: false };
    expect((await stored(inBase64)).text).toBe((await stored(asText)).text);
  });

  const malformed: readonly (readonly [string, Uint8Array])[] = [
    ['is empty', Buffer.alloc(0)],
    ['is no JSON', Buffer.from('<html>')],
    ['is no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0xc3, 0x28, 0x22, 0x5d])],
    ['begins with a byte order mark', Buffer.from('\uFEFF[]')],
    ['holds control characters', Buffer.from('["\u0000\u0001\u001F\u007F"]')],
    ['holds characters that SQS does not take', Buffer.from('["\uFFFE\uFFFF"]')],
  ];
  test.each(malformed)('is taken although its body %s, and can be verified by its very bytes', async (_, bytes) => {
    const { text, message } = await stored(webhook(bytes));
    expect(Buffer.from(message.bytes).equals(bytes)).toBe(true);
    expect(verifyAgain(message, [secret])).toEqual({ verified: true });
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters SQS takes begin with three of them.
    expect(text).toMatch(/^[\u0009\u000A\u000D\u0020-\uFFFD]*$/u);
  });

  test('is taken with the query it was called with', async () => {
    const { message } = await stored(webhook(Buffer.from('[]'), { query: 'email=a%40b.example&x=%20' }));
    expect(message.url).toBe(`${publicUrl}?email=a%40b.example&x=%20`);
    expect(verifyAgain(message, [secret])).toEqual({ verified: true });
  });

  test('is queued compressed where it is larger than a message may be', async () => {
    const events = Array.from({ length: 100 }, (_, index) => ({
      objectId: index,
      propertyValue: 'word '.repeat(6000),
    }));
    const body = JSON.stringify(events);
    expect(Buffer.byteLength(body)).toBeGreaterThan(2 * largestMessage);
    const { message } = await stored(webhook(Buffer.from(body)));
    expect(message.body).toBe(body);
    expect(verifyAgain(message, [secret])).toEqual({ verified: true });
  });

  test('is left to the next pull where it does not fit even so, since sent again it would be no smaller', async () => {
    const { receipt, queued } = await receive(webhook(randomBytes(largestMessage)));
    expect(receipt).toMatchObject({ outcome: 'too-large', statusCode: 204 });
    expect(queued).toEqual([]);
  });

  test('is asked for again where the queue does not take it', async () => {
    const cause = new Error('down');
    const request = webhook(Buffer.from('[]'));
    const receipt = await receiveWebhook({
      request,
      publicUrl,
      secrets: [secret],
      now,
      enqueue: () => Promise.reject(cause),
    });
    expect(receipt).toMatchObject({ outcome: 'not-stored', statusCode: 503, cause });
  });
});

describe('a request that HubSpot did not sign', () => {
  const right = webhook(Buffer.from('[{"objectId":1}]'));
  const { 'x-hubspot-signature-v3': signature, ...unsigned } = right.headers;
  const { 'x-hubspot-request-timestamp': _, ...undated } = right.headers;
  const wrong: readonly (readonly [string, WebhookRequest])[] = [
    ['has another body', { ...right, body: Buffer.from('[{"objectId":2}]').toString('base64') }],
    ['has a body in base64 that is taken for text', { ...right, isBase64Encoded: false }],
    ['has no body', { headers: right.headers, requestContext: right.requestContext }],
    ['has another method', { ...right, requestContext: { http: { method: 'PUT' } } }],
    ['has a query that was not signed', { ...right, rawQueryString: 'x=1' }],
    ['has no signature', { ...right, headers: unsigned }],
    ['has no time', { ...right, headers: undated }],
    ['has a signature of version 1 only', { ...right, headers: { ...unsigned, 'x-hubspot-signature': signature } }],
    ['has no headers at all', { ...right, headers: {} }],
    ['is five minutes and a moment old', webhook(Buffer.from('[]'), { at: now - 300_001 })],
  ];
  test.each(wrong)('%s: it is answered 401 and leaves nothing behind', async (_why, request) => {
    const { receipt, queued } = await receive(request);
    expect(receipt).toMatchObject({ outcome: 'refused', statusCode: 401 });
    expect(queued).toEqual([]);
  });
});

describe('a message of the queue', () => {
  test('can be verified months later: its time is judged against its receipt', async () => {
    const { message } = await stored(webhook(Buffer.from('[]'), { at: now - 299_000 }));
    expect(verifyAgain(message, [secret])).toEqual({ verified: true });
    const late = { ...message, receivedAt: message.receivedAt + 2000 };
    expect(verifyAgain(late, [secret])).toMatchObject({ verified: false });
  });

  test('that somebody changed does not verify', async () => {
    const { message } = await stored(webhook(Buffer.from('[]')));
    expect(verifyAgain({ ...message, bytes: Buffer.from('[1]') }, [secret])).toMatchObject({ verified: false });
    expect(verifyAgain({ ...message, url: `${message.url}/` }, [secret])).toMatchObject({ verified: false });
    expect(verifyAgain(message, ['another'])).toMatchObject({ verified: false });
  });

  test('may leave out that its body is plain text', async () => {
    const { text, message } = await stored(webhook(Buffer.from('[]')));
    const { encoding: _, ...plain } = JSON.parse(text);
    expect(readMessage(JSON.stringify(plain))).toEqual({ message });
  });

  test.each([
    'no JSON: Wilhelmina',
    '[]',
    '{"version":2}',
    JSON.stringify({ version: 1, receivedAt: 'Wilhelmina' }),
    JSON.stringify({
      version: 1,
      receivedAt: now,
      method: 'POST',
      url: publicUrl,
      signature: '',
      timestamp: '',
      body: 'Wilhelmina',
      encoding: 'gzip',
    }),
  ])('is told from %s, with a reason that quotes nothing', (text) => {
    const read = readMessage(text);
    expect(read).toEqual({ because: expect.any(String) });
    expect(JSON.stringify(read)).not.toContain('Wilhelmina');
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type SignedRequest, toleranceMs, verifySignature } from '#hubspot/webhook/signature.ts';
import { decodedCharacters, drawing, mutantOf, requestOf, type Signed, saysTheSame, signed } from './mutant.ts';
import { olderVectors, type SignatureVector, v3Vectors } from './webhook-vectors.ts';

const secret = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const now = 1_770_000_000_000;
const url = 'https://hooks.example.com/hubspot/webhook';
const verified = { verified: true };
const because = (reason: string) => ({ verified: false, because: expect.stringContaining(reason) });

const judge = (request: SignedRequest, secrets: readonly string[] = [secret], at = now) =>
  verifySignature(request, { secrets, now: at });
const ofVector = ({ from, secret: _, body, ...vector }: SignatureVector): SignedRequest => ({
  ...vector,
  body: Buffer.from(body),
});
const webhook = (changed: Partial<Signed> = {}): Signed =>
  signed({ method: 'POST', url, body: '[{"objectId":1}]', timestamp: String(now), ...changed }, secret);

describe('a signature of version 3', () => {
  test.each(v3Vectors)('from the $from verifies ($body)', (vector) => {
    expect(judge(ofVector(vector), [vector.secret], Number(vector.timestamp))).toEqual(verified);
  });

  test.each(olderVectors)('is not one of version 1 or 2, as from $from ($method $body)', (vector) => {
    const { method, body, signature } = vector;
    const hashed = [vector.secret + body, vector.secret + method + vector.url + body].map((text) =>
      createHash('sha256').update(text).digest('hex'),
    );
    expect(hashed, 'it is a right signature of its version').toContain(signature);
    const at = Number(vector.timestamp);
    expect(judge(ofVector(vector), [vector.secret], at)).toEqual(because('not that of this request'));
    const inBase64 = Buffer.from(signature, 'hex').toString('base64');
    expect(judge({ ...ofVector(vector), signature: inBase64 }, [vector.secret], at)).toMatchObject({ verified: false });
  });

  test('covers bytes, whatever they stand for', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3]);
    const { signature } = signed({ method: 'POST', url, body: '', timestamp: String(now) }, secret);
    const request = { method: 'POST', url, timestamp: String(now), signature };
    expect(judge({ ...request, body: Buffer.alloc(0) })).toEqual(verified);
    expect(judge({ ...request, body: bytes })).toMatchObject({ verified: false });
  });

  test.each([undefined, ''])('is asked for: %j is none', (missing) => {
    const request = requestOf(webhook());
    expect(judge({ ...request, signature: missing })).toEqual(because('X-HubSpot-Signature-v3 is missing'));
    expect(judge({ ...request, timestamp: missing })).toEqual(because('X-HubSpot-Request-Timestamp is missing'));
  });

  test('needs a secret: an empty one is none', () => {
    const unsigned = signed({ method: 'POST', url, body: '[]', timestamp: String(now) }, '');
    expect(judge(requestOf(unsigned), [''])).toEqual(because('no client secret'));
    expect(judge(requestOf(unsigned), [])).toEqual(because('no client secret'));
    expect(judge(requestOf(unsigned), [secret, ''])).toMatchObject({ verified: false });
  });

  test('may be by the old secret or by the new one while the secret is rotated, and by no third', () => {
    const request = requestOf(webhook());
    expect(judge(request, ['another', secret])).toEqual(verified);
    expect(judge(request, [secret, 'another'])).toEqual(verified);
    expect(judge(request, ['another', 'a third'])).toMatchObject({ verified: false });
  });

  test('is told about in words that hold no secret and nothing of the request', () => {
    const refusal = JSON.stringify(judge(requestOf({ ...webhook(), body: '[{"objectId":2}]' })));
    for (const word of [secret, 'objectId', 'hooks.example.com', String(now), webhook().signature])
      expect(refusal).not.toContain(word);
  });
});

describe('the time of a signature', () => {
  const at = (offset: number) => judge(requestOf(webhook({ timestamp: String(now + offset) })));

  test('may be five minutes away from ours, in both directions, and no longer', () => {
    expect(toleranceMs).toBe(300_000);
    expect(at(-300_000)).toEqual(verified);
    expect(at(300_000)).toEqual(verified);
    expect(at(-300_001)).toEqual(because('older than five minutes'));
    expect(at(300_001)).toEqual(because('ahead of our clock'));
  });

  const forms = [
    'now',
    'NaN',
    'Infinity',
    ' ',
    `-${now}`,
    `+${now}`,
    `${now}.0`,
    `${now} `,
    ` ${now}`,
    `${now}\n`,
    `0x${now.toString(16)}`,
    '1.77e12',
    new Date(now).toISOString(),
    '١٧٧٠٠٠٠٠٠٠٠٠٠',
    '9'.repeat(400),
  ];
  test.each(forms)('is a number in digits: %j is refused although it is signed', (timestamp) => {
    expect(judge(requestOf(webhook({ timestamp })))).toMatchObject({ verified: false });
  });

  test('is in milliseconds: seconds are long ago', () => {
    expect(judge(requestOf(webhook({ timestamp: String(now / 1000) })))).toEqual(because('older'));
  });
});

describe('the URL of a signature', () => {
  const asCalled = (called: string, asSigned: string) =>
    judge({ ...requestOf(webhook({ url: asSigned })), url: called });

  test('may be called in any of the ways that HubSpot takes for the same', () => {
    const codes = [...decodedCharacters].map((character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
    expect(codes).toHaveLength(12);
    for (const [index, code] of codes.entries()) {
      const character = decodedCharacters.charAt(index);
      expect(asCalled(`${url}?a=1${code}2`, `${url}?a=1${character}2`), code).toEqual(verified);
      expect(asCalled(`${url}?a=1${code}2`, `${url}?a=1${code}2`), `${code} as it is`).toEqual(verified);
      expect(asCalled(`${url}?a=1${character}2`, `${url}?a=1${character}2`), character).toEqual(verified);
    }
    const all = `${url}?e=${codes.join('')}&n=%20%26%2B%3D%23%25`;
    expect(asCalled(all, `${url}?e=${decodedCharacters}&n=%20%26%2B%3D%23%25`)).toEqual(verified);
  });

  test.each(['%20', '%26', '%2B', '%3D', '%23', '%25', '%2E', '%41', '%5B', '%7E'])('keeps %s as it is', (code) => {
    const character = decodeURIComponent(code);
    expect(asCalled(`${url}?a=1${code}2`, `${url}?a=1${code}2`)).toEqual(verified);
    expect(asCalled(`${url}?a=1${code}2`, `${url}?a=1${character}2`)).toMatchObject({ verified: false });
  });

  test('is decoded once', () => {
    expect(asCalled(`${url}?a=%253A`, `${url}?a=%253A`)).toEqual(verified);
    expect(asCalled(`${url}?a=%253A`, `${url}?a=:`)).toMatchObject({ verified: false });
  });

  test.each([
    'http://hooks.example.com/hubspot/webhook',
    'https://hooks.example.com/hubspot/webhook/',
    'https://hooks.example.com:443/hubspot/webhook',
    'https://HOOKS.example.com/hubspot/webhook',
    'https://hooks.example.com/hubspot/webhook?',
  ])('is not %s', (other) => {
    expect(asCalled(other, url)).toMatchObject({ verified: false });
  });
});

test('of 100,000 requests with something changed in what was signed, or in the signature, none verifies', () => {
  const draw = drawing(20_260_816);
  const word = (length: number): string => draw.text(length, 'abcdefghij0123456789-_.~%漢é ');
  const originals = Array.from({ length: 64 }, (_, index) => {
    const query = index % 2 === 0 ? '' : `?e=${word(6)}%40${word(4)}%2F&n=%20${word(3)}`;
    const body = index % 8 === 0 ? '' : JSON.stringify([{ objectId: draw.below(1e6), propertyValue: word(40) }]);
    return webhook({ method: draw.one(['POST', 'GET']), url: url + query, body });
  });
  for (const original of originals) expect(judge(requestOf(original)), original.url).toEqual(verified);

  const mutants = new Map<string, number>();
  const verifying: unknown[] = [];
  let made = 0;
  while (made < 100_000) {
    const original = draw.one(originals);
    const { request, change } = mutantOf(original, draw);
    if (saysTheSame(request, original)) continue;
    made += 1;
    mutants.set(change, (mutants.get(change) ?? 0) + 1);
    if (judge(requestOf(request)).verified) verifying.push({ original, request, change });
  }
  expect(verifying).toEqual([]);
  // Eight ways for each of five texts, and eight more for signatures and for times; digits have no case.
  expect(mutants.size).toBe(8 * 5 + 8 + 8 - 1);
  expect(Math.min(...mutants.values())).toBeGreaterThan(100);
});

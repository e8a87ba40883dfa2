import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteLongIntegers } from '#hubspot/long-integers.ts';

test.each([
  ['{"id":12345678901234567890}', '{"id":"12345678901234567890"}'],
  ['[9007199254740993, -9007199254740993]', '["9007199254740993", "-9007199254740993"]'],
  ['{"toObjectId": 5790939450}', '{"toObjectId": "5790939450"}'],
  ['{"portalId":4242,"share":0.12345678901234567}', '{"portalId":4242,"share":0.12345678901234567}'],
  ['{"n":1234567890123456e3}', '{"n":1234567890123456e3}'],
  [
    '{"text":"say \\"[1234567890123456789, 2]\\"","n":1234567890123456789}',
    '{"text":"say \\"[1234567890123456789, 2]\\"","n":"1234567890123456789"}',
  ],
])('%s keeps every digit of an id', (json, quoted) => {
  expect(quoteLongIntegers(json)).toBe(quoted);
});

test('texts and small numbers never change', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const small = JSON.parse(JSON.stringify(value), (_, item) =>
        typeof item === 'number' ? Math.trunc(item % 1e9) + 0 : item,
      );
      expect(JSON.parse(quoteLongIntegers(JSON.stringify(small)))).toEqual(small);
    }),
  );
});

test('an id of any length survives a round trip', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 40n }), fc.string(), (id, text) => {
      const json = `{"a":${JSON.stringify(text)},"id":${id},"b":[${id}]}`;
      expect(JSON.parse(quoteLongIntegers(json))).toEqual({ a: text, id: String(id), b: [String(id)] });
    }),
  );
});

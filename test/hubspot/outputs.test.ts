import { expect, test } from 'vitest';
import { describeOutputs, outputNames, outputs, sameOutput } from '#hubspot/outputs.ts';

test('values become what HubSpot takes, null clears', () => {
  expect(
    describeOutputs({
      cx_health_score: 82,
      cx_data_quality: 0.1 + 0.2,
      cx_health_band: 'insufficient_data',
      cx_upsell_candidate: false,
      cx_scored_at: Date.parse('2026-09-01T08:00:00Z'),
      cx_churn_reasons: null,
    }),
  ).toEqual({
    cx_health_score: '82',
    cx_data_quality: '0.3',
    cx_health_band: 'insufficient_data',
    cx_upsell_candidate: 'false',
    cx_scored_at: '2026-09-01T08:00:00.000Z',
    cx_churn_reasons: '',
  });
});

test.each([
  [{ cx_health_band: 'great' }],
  [{ cx_health_score: Number.NaN }],
  [{ cx_health_score: '82' }],
  [{ cx_upsell_candidate: 'true' }],
  [{ cx_scored_at: 'yesterday' }],
  [{ email: 'ada@example.com' }],
])('%j is never sent', (values) => {
  expect(() => describeOutputs(values as Record<string, string>)).toThrow(
    expect.objectContaining({ name: 'PayloadError' }),
  );
});

test.each([
  ['cx_health_score', '82.0', '82', true],
  ['cx_health_score', '82', '83', false],
  ['cx_scored_at', '1788249600000', '2026-09-01T08:00:00.000Z', true],
  ['cx_scored_at', '2026-09-01T08:00:00Z', '2026-09-01T08:00:00.000Z', true],
  ['cx_upsell_candidate', 'TRUE', 'true', true],
  ['cx_churn_reasons', 'a\r\nb ', 'a\nb', true],
  ['cx_health_band', 'high', 'low', false],
  ['cx_health_score', '', '', true],
  ['cx_health_score', '', '0', false],
  ['cx_health_score', '0', '', false],
])('%s: %j and %j are the same: %s', (property, held, wanted, same) => {
  expect(sameOutput(property, held, wanted)).toBe(same);
});

test('every property says what its scale means, and every enumeration has its options', () => {
  expect(new Set(outputNames).size).toBe(outputs.length);
  for (const output of outputs) {
    expect(output.name).toMatch(/^cx_[a-z_]+$/);
    expect(output.description.length).toBeGreaterThan(10);
    expect(output.type === 'enumeration').toBe(output.options !== undefined);
  }
});

import { describe, expect, test } from 'vitest';
import { sameOutput } from '#hubspot/outputs.ts';
import { planWriteBack, type WriteDecision } from '#pipeline/plan-write-back.ts';

type Values = Readonly<Record<string, string>>;
const asWanted: WriteDecision = { keep: true, because: 'already as wanted' };
const nothingToSay: WriteDecision = { keep: true, because: 'nothing to say yet' };

const rows: readonly (readonly [sentence: string, held: Values, wanted: Values, decision: WriteDecision])[] = [
  ['a first score is written', {}, { cx_health_score: '71' }, { write: { cx_health_score: '71' } }],
  [
    'only what differs is written',
    { cx_health_score: '71', cx_health_band: 'high' },
    { cx_health_score: '64', cx_health_band: 'high' },
    { write: { cx_health_score: '64' } },
  ],
  [
    'a value that no longer holds is cleared',
    { cx_upsell_reason: 'room to grow', cx_health_score: '71' },
    { cx_upsell_reason: '', cx_health_score: '71' },
    { write: { cx_upsell_reason: '' } },
  ],
  ['the same values are kept', { cx_health_score: '71' }, { cx_health_score: '71' }, asWanted],
  ['another notation is no difference', { cx_health_score: '71.0' }, { cx_health_score: '71' }, asWanted],
  ['an absent property holds what an empty one does', {}, { cx_health_score: '' }, nothingToSay],
  ['properties we say nothing about are left alone', { cx_last_nps: '9' }, {}, nothingToSay],
  [
    'a later moment and a newer version alone are no reason to write',
    { cx_health_score: '71', cx_scored_at: '1000', cx_score_version: '1' },
    { cx_health_score: '71', cx_scored_at: '2000', cx_score_version: '2' },
    asWanted,
  ],
  ['stamps without a score say nothing', {}, { cx_health_score: '', cx_scored_at: '2000' }, nothingToSay],
  [
    'stamps travel with a score that changed',
    { cx_health_score: '71', cx_scored_at: '2026-01-01T00:00:00Z' },
    { cx_health_score: '64', cx_scored_at: '2026-01-02T00:00:00Z' },
    { write: { cx_health_score: '64', cx_scored_at: '2026-01-02T00:00:00Z' } },
  ],
];

describe('planning one write', () => {
  test.for(rows)('%s', ([, held, wanted, decision]) => {
    expect(planWriteBack(held, wanted, sameOutput)).toEqual(decision);
  });

  test.for(rows)('once done, nothing is left to write: %s', ([, held, wanted, decision]) => {
    const written = 'write' in decision ? decision.write : {};
    expect(planWriteBack({ ...held, ...written }, wanted, sameOutput)).toHaveProperty('keep');
  });
});

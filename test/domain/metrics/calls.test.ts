import { describe, expect, test } from 'vitest';
import { answeredCallRate } from '#domain/metrics/answered-call-rate.ts';
import { callHandleTime } from '#domain/metrics/call-handle-time.ts';
import { callsHandled } from '#domain/metrics/calls-handled.ts';
import { measureFacts } from '#domain/metrics/measure.ts';
import type { CallFields } from '#domain/records/record.ts';
import { asOf, everything, figure } from './everything.ts';
import { at, call } from './facts.ts';

const began = at('2026-03-02T18:00:00Z');
const march = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z'), undated: false };
const always = { window: everything, asOf };
const inbound = (fields: Partial<CallFields> = {}) => call({ startedAt: began, direction: 'INBOUND', ...fields });
const voicemail = 'b2cf5968-551e-4856-9783-52b3da59a7d0';
const connected = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';

test.each([
  ['completed', { status: 'COMPLETED' }, { numerator: 1, n: 1 }],
  ['completed, connected', { status: 'completed', disposition: connected }, { numerator: 1, n: 1 }],
  ['completed, but left to voicemail', { status: 'COMPLETED', disposition: voicemail }, { numerator: 0, n: 1 }],
  ['nobody answered', { status: 'NO_ANSWER' }, { numerator: 0, n: 1 }],
  ['missed', { status: 'missed' }, { numerator: 0, n: 1 }],
  ['still ringing', { status: 'RINGING' }, { status: 'not_measured', n: 1 }],
  ['of unknown status', { status: null }, { status: 'not_measured', n: 1 }],
  ['outbound', { status: 'NO_ANSWER', direction: 'OUTBOUND' }, { status: 'not_measured', n: 0 }],
  ['of unknown direction', { status: 'NO_ANSWER', direction: null }, { status: 'not_measured', n: 0 }],
])('the answered call rate counts a call that is %s so', (_, fields, expected) => {
  expect(figure(measureFacts(answeredCallRate, [inbound(fields)], always))).toMatchObject(expected);
});

describe('answered calls', () => {
  const calls = [
    inbound({ status: 'COMPLETED', duration: 0.1 }),
    call({ startedAt: began, status: 'COMPLETED', direction: 'OUTBOUND', duration: 0.3 }),
    inbound({ status: 'COMPLETED', duration: null }),
    inbound({ status: 'NO_ANSWER', duration: 9 }),
    call({ startedAt: march.to, status: 'COMPLETED', duration: 9 }),
  ];

  test('are counted in both directions, on the day they began', () => {
    expect(figure(measureFacts(callsHandled, calls, { window: march, asOf }))).toEqual({
      status: 'measured',
      value: 3,
      n: 3,
    });
    expect(figure(measureFacts(callsHandled, [], always))).toMatchObject({ status: 'not_measured' });
  });

  test('take as long as from their beginning to their end', () => {
    const { median, mean } = measureFacts(callHandleTime, calls, { window: march, asOf });
    expect(median).toMatchObject({ n: 2, value: expect.closeTo(0.2, 6) });
    expect(mean).toMatchObject({ n: 2, value: expect.closeTo(0.2, 6) });
  });
});

import { describe, expect, test } from 'vitest';
import { backlog } from '#domain/metrics/backlog.ts';
import { firstResponseTime } from '#domain/metrics/first-response-time.ts';
import { measureFacts } from '#domain/metrics/measure.ts';
import { reopenRate } from '#domain/metrics/reopen-rate.ts';
import { resolutionRate } from '#domain/metrics/resolution-rate.ts';
import { surveyResponseRate } from '#domain/metrics/survey-response-rate.ts';
import { ticketVolume } from '#domain/metrics/ticket-volume.ts';
import { timeToFirstResolution } from '#domain/metrics/time-to-first-resolution.ts';
import { timeToResolution } from '#domain/metrics/time-to-resolution.ts';
import type { Fact } from '#domain/records/record.ts';
import { asOf, everything, figure } from './everything.ts';
import { answer, at, ticket } from './facts.ts';

const hour = 3_600_000;
const opened = at('2026-03-02T18:00:00Z');
const march = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z'), undated: false };
const inMarch = { window: march, asOf };
const always = { window: everything, asOf };

describe('the first response time', () => {
  const waiting = (hours: number | null): Fact =>
    ticket({ openedAt: opened, firstResponseAt: hours === null ? null : opened + hours * hour });

  test('is the median, the mean and the 90th percentile of the hours from opening to first response', () => {
    const figures = measureFacts(firstResponseTime, [1, 2, 3, 10].map(waiting), always);
    expect(figures).toMatchObject({
      median: { value: 2.5, n: 4 },
      mean: { value: 4, n: 4, interval: { low: 0, method: 'Student’s t' } },
      p90: { n: 4 },
    });
    expect(figures.p90).toHaveProperty('value', expect.closeTo(7.9, 10));
  });

  test('leaves out tickets without a response and those with one before the opening, and says how many', () => {
    const figures = measureFacts(firstResponseTime, [waiting(null), waiting(-1)], always);
    const absent = { status: 'not_measured', because: 'no ticket opened here has a first response', n: 2 };
    expect(figures).toEqual({ median: absent, mean: absent, p90: absent });
  });

  test('counts a ticket on the day it was opened, and does not know a response that lies after the moment of the report', () => {
    const late = [waiting(24 * 60)];
    expect(measureFacts(firstResponseTime, late, inMarch).median).toMatchObject({ value: 24 * 60 });
    const early = { ...inMarch, asOf: at('2026-04-01T00:00:00Z') };
    expect(measureFacts(firstResponseTime, late, early).median).toMatchObject({ status: 'not_measured', n: 1 });
  });
});

describe('the time to resolution', () => {
  test('runs to the last close and leaves out closed tickets without a closing date', () => {
    const tickets = [
      ticket({ openedAt: opened, closedAt: opened + 4 * hour }),
      ticket({ openedAt: opened, isClosed: true, endedAt: opened + 400 * hour }),
      ticket({ openedAt: opened }),
    ];
    expect(measureFacts(timeToResolution, tickets, always)).toMatchObject({
      median: { value: 4, n: 1 },
      mean: { value: 4, n: 1 },
      p90: { value: 4, n: 1 },
    });
  });

  test('counts a ticket on the day it was closed', () => {
    const tickets = [ticket({ openedAt: at('2026-02-01T00:00:00Z'), closedAt: opened })];
    expect(measureFacts(timeToResolution, tickets, inMarch).median).toMatchObject({ n: 1 });
    const february = { window: { from: at('2026-02-01T00:00:00Z'), to: march.from, undated: false }, asOf };
    expect(measureFacts(timeToResolution, tickets, february).median).toMatchObject({ status: 'not_measured' });
  });
});

describe('the time to first resolution', () => {
  test('runs to the first close, however often the ticket was reopened afterwards', () => {
    const closedAfter = (first: number | null, last: number): Fact =>
      ticket({
        openedAt: opened,
        firstClosedAt: first === null ? null : opened + first * hour,
        closedAt: opened + last * hour,
        reopenCount: first === last ? 0 : 1,
      });
    const tickets = [closedAfter(1, 1), closedAfter(2, 200), closedAfter(6, 300), closedAfter(null, 400)];
    const figures = measureFacts(timeToFirstResolution, tickets, always);
    expect(figures).toMatchObject({
      median: { value: 2, n: 3 },
      mean: { value: 3, n: 3, interval: { low: 0, method: 'Student’s t' } },
      p90: { n: 3 },
    });
    expect(figures.p90).toHaveProperty('value', expect.closeTo(5.2, 10));
  });

  test('leaves out tickets without a known first close and those closed before they were opened, and says how many', () => {
    const tickets = [
      ticket({ openedAt: opened, closedAt: opened + hour, firstClosedAt: null, reopenCount: 1 }),
      ticket({ openedAt: opened, closedAt: opened - hour }),
      ticket({ openedAt: opened, firstClosedAt: opened + hour, reopenCount: 1 }),
    ];
    const because = 'no ticket closed here has both an opening and a known first close';
    const absent = { status: 'not_measured', because, n: 2 };
    expect(measureFacts(timeToFirstResolution, tickets, always)).toEqual({ median: absent, mean: absent, p90: absent });
  });

  test('counts a ticket on the day of its last close', () => {
    const opened = at('2026-02-01T00:00:00Z');
    const reopened = ticket({
      openedAt: opened,
      firstClosedAt: opened + 5 * hour,
      closedAt: march.from + hour,
      reopenCount: 1,
    });
    expect(measureFacts(timeToFirstResolution, [reopened], inMarch).median).toMatchObject({ value: 5, n: 1 });
    const february = { window: { from: opened, to: march.from, undated: false }, asOf };
    expect(measureFacts(timeToFirstResolution, [reopened], february).median).toMatchObject({ n: 0 });
  });
});

describe('the resolution rate', () => {
  const day = 24 * hour;

  test('is the share of the tickets opened in the window that are closed by now, whenever that was', () => {
    const tickets = [
      ticket({ openedAt: opened, closedAt: opened + 200 * day }),
      ticket({ openedAt: opened, isClosed: true }),
      ticket({ openedAt: opened, firstClosedAt: opened + hour, reopenCount: 1 }),
      ticket({ openedAt: march.from - 1, closedAt: opened }),
      ticket({ isClosed: true }),
    ];
    expect(figure(measureFacts(resolutionRate, tickets, inMarch))).toMatchObject({
      value: 2 / 3,
      numerator: 2,
      n: 3,
      interval: { method: 'Wilson score' },
    });
    expect(figure(measureFacts(resolutionRate, tickets, always))).toMatchObject({ numerator: 3, n: 4 });
  });

  test('judges a ticket the moment it is 14 days old, and shows younger ones as maturing, closed or not', () => {
    const older = ticket({ openedAt: opened - day, closedAt: opened });
    const younger = ticket({ openedAt: opened, closedAt: opened + hour });
    const then = (asOf: number) => figure(measureFacts(resolutionRate, [older, younger], { window: march, asOf }));
    expect(then(opened + 14 * day)).toMatchObject({ numerator: 2, n: 2 });
    expect(then(opened + 14 * day - 1)).toMatchObject({ numerator: 1, n: 1, maturing: 1 });
    expect(then(opened + 12 * day)).toEqual({
      status: 'not_measured',
      because: 'every ticket was opened less than 14 days ago',
      n: 2,
    });
  });

  test('does not know of a close after the moment of the report', () => {
    const late = ticket({ openedAt: opened, closedAt: opened + 20 * day });
    const then = { window: march, asOf: opened + 20 * day };
    expect(figure(measureFacts(resolutionRate, [late], then))).toMatchObject({ value: 0, n: 1 });
  });
});

describe('the reopen rate', () => {
  test('is the share of closed tickets that were reopened, however often', () => {
    const tickets = [
      ticket({ openedAt: opened, closedAt: opened + hour, reopenCount: 3 }),
      ticket({ openedAt: opened, closedAt: opened + hour }),
      ticket({ openedAt: opened, isClosed: true }),
      ticket({ openedAt: opened, reopenCount: 1 }),
    ];
    expect(figure(measureFacts(reopenRate, tickets, always))).toMatchObject({ numerator: 1, n: 3, value: 1 / 3 });
    expect(figure(measureFacts(reopenRate, tickets, inMarch))).toMatchObject({ numerator: 1, n: 2 });
  });
});

describe('ticket volume', () => {
  test('is a full count without an interval', () => {
    const tickets = [ticket({ openedAt: opened }), ticket({ openedAt: at('2026-04-01T00:00:00Z') }), ticket()];
    expect(figure(measureFacts(ticketVolume, tickets, inMarch))).toEqual({ status: 'measured', value: 1, n: 1 });
    expect(figure(measureFacts(ticketVolume, tickets, always))).toEqual({ status: 'measured', value: 3, n: 3 });
  });

  test('is not measured where no ticket was opened', () => {
    expect(figure(measureFacts(ticketVolume, [], always))).toEqual({
      status: 'not_measured',
      because: 'no ticket was opened',
      n: 0,
    });
  });
});

describe('the backlog', () => {
  const before = at('2026-01-10T00:00:00Z');
  const tickets = [
    ticket({ openedAt: before }),
    ticket({ openedAt: before, closedAt: march.to - 1 }),
    ticket({ openedAt: before, closedAt: march.to }),
    ticket({ openedAt: march.to }),
  ];

  test('is what was opened before the end of the window and not closed before it, however old', () => {
    expect(figure(measureFacts(backlog, tickets, inMarch))).toEqual({ status: 'measured', value: 2, n: 3 });
  });

  test('of a moment is the same whether or not the report knows what came later', () => {
    const then = { window: march, asOf: march.to };
    expect(measureFacts(backlog, tickets, then)).toEqual(measureFacts(backlog, tickets, inMarch));
  });

  test('can be empty, which is a measurement, unless no ticket was ever opened', () => {
    const done = [ticket({ openedAt: before, closedAt: before + hour })];
    expect(figure(measureFacts(backlog, done, inMarch))).toEqual({ status: 'measured', value: 0, n: 1 });
    expect(figure(measureFacts(backlog, [], inMarch))).toMatchObject({ status: 'not_measured' });
  });

  test('leaves out closed tickets of which nobody knows when they were open, and holds undated open ones', () => {
    const unclear = [
      ticket({ openedAt: before, isClosed: true }),
      ticket({ openedAt: before, closedAt: before - hour }),
      ticket({ openedAt: null }),
    ];
    expect(figure(measureFacts(backlog, unclear, inMarch))).toEqual({ status: 'measured', value: 1, n: 1 });
  });
});

describe('the survey response rate', () => {
  const day = 24 * hour;
  const closedAt = at('2026-03-05T12:00:00Z');
  const closed = ticket({ id: '900', openedAt: opened, closedAt });
  const answered = (after: number, links = { ticket: ['900'] }): Fact =>
    answer({ answeredAt: closedAt + after, links });

  test.each([
    ['at the close', 0, 1],
    ['just within 14 days', 14 * day - 1, 1],
    ['14 days later', 14 * day, 0],
    ['before the close', -1, 0],
  ])('with an answer %s counts accordingly', (_, after, numerator) => {
    expect(figure(measureFacts(surveyResponseRate, [closed, answered(after)], inMarch))).toMatchObject({
      numerator,
      n: 1,
    });
  });

  test('ignores answers about other tickets or about nothing', () => {
    const facts = [closed, answered(0, { ticket: ['901'] }), answer({ answeredAt: closedAt })];
    expect(figure(measureFacts(surveyResponseRate, facts, inMarch))).toMatchObject({ numerator: 0, n: 1 });
  });

  test('settles a ticket the moment its 14 days have passed', () => {
    const then = (asOf: number) => figure(measureFacts(surveyResponseRate, [closed], { window: march, asOf }));
    expect(then(closedAt + 14 * day - 1)).toMatchObject({ status: 'not_measured' });
    expect(then(closedAt + 14 * day)).toMatchObject({ value: 0, n: 1 });
  });

  test('shows tickets closed less than 14 days ago as maturing, answered or not', () => {
    const older = ticket({ openedAt: opened, closedAt: closedAt - 2 * day });
    const then = { window: march, asOf: closedAt + 13 * day };
    expect(figure(measureFacts(surveyResponseRate, [closed, older, answered(0)], then))).toMatchObject({
      numerator: 0,
      n: 1,
      maturing: 1,
    });
    expect(figure(measureFacts(surveyResponseRate, [closed, answered(0)], then))).toEqual({
      status: 'not_measured',
      because: 'every ticket was closed less than 14 days ago',
      n: 1,
    });
  });
});

import { describe, expect, test } from 'vitest';
import { backlog } from '#domain/metrics/backlog.ts';
import { ces7 } from '#domain/metrics/ces-7.ts';
import { cesLowEffortShare } from '#domain/metrics/ces-low-effort-share.ts';
import { csat } from '#domain/metrics/csat.ts';
import { customerChurn } from '#domain/metrics/customer-churn.ts';
import { customerRetention } from '#domain/metrics/customer-retention.ts';
import { customerRetentionCohort } from '#domain/metrics/customer-retention-cohort.ts';
import { customersLost } from '#domain/metrics/customers-lost.ts';
import type { FactMetric } from '#domain/metrics/fact-contribution.ts';
import { firstResponseTime } from '#domain/metrics/first-response-time.ts';
import { measureCustomers, measureFacts } from '#domain/metrics/measure.ts';
import type { Measurement } from '#domain/metrics/measurement.ts';
import type { Customer, CustomerMetric } from '#domain/metrics/metric.ts';
import { nps } from '#domain/metrics/nps.ts';
import { timeToFirstResolution } from '#domain/metrics/time-to-first-resolution.ts';
import { timeToResolution } from '#domain/metrics/time-to-resolution.ts';
import type { AnswerFields, Fact, TicketFields } from '#domain/records/record.ts';
import { adjustedWald } from '#domain/statistics/adjusted-wald.ts';
import { type Groups, netScore } from '#domain/statistics/net-score.ts';
import { asOf, everything, figure, newYork } from './everything.ts';
import { answer, at, customer, ticket } from './facts.ts';
import { oracle } from './real-data.ts';

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const numberOf = (measurement: Measurement): number => {
  if (measurement.status !== 'measured') throw new Error(measurement.because);
  return measurement.value;
};
const over = (metric: FactMetric, facts: readonly Fact[], name?: string): number =>
  numberOf(figure(measureFacts(metric, facts, { window: everything, asOf }), name));

/** Compares what an example states; what it does not state is not compared. */
const near = (actual: number | undefined, expected: number | undefined, tolerance: number): void => {
  if (expected === undefined) return;
  expect(Math.abs((actual ?? Number.NaN) - expected), `${actual} instead of ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
};

const rated =
  (metric: AnswerFields['metric'], scale: AnswerFields['scale']) =>
  (rating: number): Fact =>
    answer({ metric, scale, rating });

/** Answers from a table of how many gave each rating. */
const counted = (counts: Readonly<Record<string, number>>, one: (rating: number) => Fact): Fact[] =>
  Object.entries(counts).flatMap(([rating, count]) => times(count, () => one(Number(rating))));

const groupsOf = (scores: readonly number[]): Groups => ({
  promoters: scores.filter((score) => score >= 9).length,
  passives: scores.filter((score) => score === 7 || score === 8).length,
  detractors: scores.filter((score) => score <= 6).length,
});

describe('the Net Promoter Score of published examples', () => {
  test.for(['nps-01', 'nps-02', 'nps-04', 'nps-05', 'nps-06', 'nps-07'])(
    'is as stated, with its variance: %s',
    (id, context) => {
      const { inputs, expected, tolerance } = oracle<
        { readonly scores: readonly number[] },
        { readonly nps?: number; readonly var?: number; readonly se?: number }
      >(context, id);
      const { n, net, variance } = netScore(groupsOf(inputs.scores));
      near(over(nps, inputs.scores.map(rated('nps', [0, 10]))) / 100, expected.nps, tolerance);
      near(net, expected.nps, tolerance);
      near(variance, expected.var, tolerance);
      near(Math.sqrt(variance / n), expected.se, tolerance);
    },
  );

  test('is as stated in points: nps-09', (context) => {
    const { inputs, expected, tolerance } = oracle<{ scores: number[] }, { nps100: number }>(context, 'nps-09');
    near(over(nps, inputs.scores.map(rated('nps', [0, 10]))), expected.nps100, tolerance);
  });

  test('follows from shares alone, as does its standard error: nps-10', (context) => {
    const { inputs, expected, tolerance } = oracle<
      { shares: { promoter: number; passive: number; detractor: number } },
      { nps: number; var: number }
    >(context, 'nps-10');
    const { promoter, passive, detractor } = inputs.shares;
    const { n, net, variance } = netScore({
      promoters: 324 * promoter,
      passives: 324 * passive,
      detractors: 324 * detractor,
    });
    near(net, expected.nps, tolerance);
    near(variance, expected.var, tolerance);
    near(Math.sqrt(variance / n), Math.sqrt(5 / 9) / 18, 1e-9);
  });

  test('of a real survey is as published: nps-11', (context) => {
    const { inputs, expected, tolerance } = oracle<Groups & { n: number }, { nps100: number }>(context, 'nps-11');
    const { promoters, passives, detractors } = inputs;
    const facts = counted({ 10: promoters, 7: passives, 0: detractors }, rated('nps', [0, 10]));
    const measured = figure(measureFacts(nps, facts, { window: everything, asOf }));
    near(numberOf(measured), expected.nps100, tolerance);
    expect(measured).toMatchObject({ n: inputs.n, interval: { method: 'adjusted Wald (Rocks 2016)' } });
    expect(measured).toHaveProperty('interval.low', expect.closeTo(52.31, 2));
    expect(measured).toHaveProperty('interval.high', expect.closeTo(54.5, 2));
  });

  test('has the plain Wald interval where nothing is added: nps-13', (context) => {
    const { inputs, expected, tolerance } = oracle<
      Groups,
      { centre100: number; se100: number; low100: number; high100: number }
    >(context, 'nps-13');
    const { n, net, variance } = netScore(inputs);
    const bounds = adjustedWald(inputs, 0);
    near(100 * net, expected.centre100, tolerance);
    near(100 * Math.sqrt(variance / n), expected.se100, tolerance);
    near(100 * (bounds?.low ?? Number.NaN), expected.low100, tolerance);
    near(100 * (bounds?.high ?? Number.NaN), expected.high100, tolerance);
  });
});

describe('satisfaction and effort of published examples', () => {
  test.for(['csat-01', 'csat-03'])('are as stated: %s', (id, context) => {
    const { inputs, expected, tolerance } = oracle<
      { counts: Record<string, number> },
      { pct: number; rounded?: number }
    >(context, id);
    const share = over(csat, counted(inputs.counts, rated('csat', [1, 5])));
    near(100 * share, expected.pct, tolerance);
    if (expected.rounded !== undefined) expect(Math.round(100 * share)).toBe(expected.rounded);
  });

  test('are as stated: csat-04', (context) => {
    const { inputs, expected, tolerance } = oracle<{ satisfied: number; total: number }, { pct: number }>(
      context,
      'csat-04',
    );
    const counts = { 5: inputs.satisfied, 1: inputs.total - inputs.satisfied };
    near(100 * over(csat, counted(counts, rated('csat', [1, 5]))), expected.pct, tolerance);
  });

  test('are as stated: ces-01', (context) => {
    const { inputs, expected, tolerance } = oracle<{ counts: Record<string, number> }, { sum: number; mean: number }>(
      context,
      'ces-01',
    );
    const facts = counted(inputs.counts, rated('ces', [1, 7]));
    near(over(ces7, facts), expected.mean, tolerance);
    near(over(ces7, facts) * facts.length, expected.sum, tolerance);
    // The share 5–7 that its note derives from the same counts.
    near(100 * over(cesLowEffortShare, facts), 46, tolerance);
  });
});

describe('times and stocks of published examples', () => {
  const hour = 3_600_000;

  test('the mean resolution time is as stated: ttr-01', (context) => {
    const { inputs, expected, tolerance } = oracle<{ total_hours: number; tickets: number }, { hours: number }>(
      context,
      'ttr-01',
    );
    // Uneven times with the stated total: the first half takes twice as long as the second half.
    const unit = inputs.total_hours / (inputs.tickets * 1.5);
    const facts = Array.from({ length: inputs.tickets }, (_, index) =>
      ticket({ openedAt: 0, closedAt: unit * (index % 2 === 0 ? 2 : 1) * hour }),
    );
    near(over(timeToResolution, facts, 'mean'), expected.hours, tolerance);
    near(over(timeToFirstResolution, facts, 'mean'), expected.hours, tolerance);
  });

  test('the first response time over night is as stated: frt-01', (context) => {
    const { expected, tolerance } = oracle<unknown, { hours: number }>(context, 'frt-01');
    const overnight = ticket({ openedAt: at('2026-03-02T18:00:00Z'), firstResponseAt: at('2026-03-03T08:00:00Z') });
    near(over(firstResponseTime, [overnight], 'median'), expected.hours, tolerance);
  });

  test('the backlog at the end of a period of flows is as stated: backlog-01', (context) => {
    const { inputs, expected, tolerance } = oracle<
      { opening: number; new: number; resolved: number; reopened: number; cancelled: number },
      { ending_open: number }
    >(context, 'backlog-01');
    const [before, within] = [at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z')];
    const finished = inputs.resolved - inputs.reopened + inputs.cancelled;
    const lives: Partial<TicketFields>[] = [
      ...times(finished, () => ({ openedAt: before, closedAt: within })),
      ...times(inputs.reopened, () => ({ openedAt: before, reopenedAt: within, reopenCount: 1 })),
    ];
    while (lives.length < inputs.opening + inputs.new) lives.push({ openedAt: within });
    near(over(backlog, lives.map(ticket)), expected.ending_open, tolerance);
  });
});

describe('retention of published examples', () => {
  const window = { from: at('2026-01-01T00:00:00Z'), to: asOf, undated: false };
  const [before, within] = [window.from - 1, window.from + 1];
  const of = (metric: CustomerMetric, customers: readonly Customer[]): number =>
    numberOf(
      figure(
        measureCustomers(metric, customers, {
          window,
          asOf,
          dayOf: newYork.dayOf,
          mapped: { endOfRelationship: true, businessHours: false },
        }),
      ),
    );
  const stays = (): Customer => customer({ customerSince: before });
  const leaves = (): Customer => customer({ customerSince: before, customerUntil: within });
  const comes = (): Customer => customer({ customerSince: within });

  test('is as stated where the new ones are told apart: ret-01', (context) => {
    const { inputs, expected, tolerance } = oracle<
      { start: number; new: number; end: number },
      { pct: number; attrition_pct: number }
    >(context, 'ret-01');
    const kept = inputs.end - inputs.new;
    const customers = [...times(kept, stays), ...times(inputs.start - kept, leaves), ...times(inputs.new, comes)];
    near(100 * of(customerRetentionCohort, customers), expected.pct, tolerance);
    near(100 * of(customerRetention, customers), expected.pct, tolerance);
    near(100 * of(customerChurn, customers), expected.attrition_pct, tolerance);
  });

  test('is what churn leaves: ret-03', (context) => {
    const { inputs, expected, tolerance } = oracle<{ start: number; lost: number }, { pct: number }>(context, 'ret-03');
    const customers = [...times(inputs.start - inputs.lost, stays), ...times(inputs.lost, leaves)];
    near(100 * (1 - of(customerRetentionCohort, customers)), expected.pct, Math.min(tolerance, 1e-5));
    near(100 * of(customerChurn, customers), expected.pct, Math.min(tolerance, 1e-5));
    near(of(customersLost, customers), inputs.lost, 0);
  });
});

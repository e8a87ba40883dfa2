import { describe, expect, test } from 'vitest';
import { ces5 } from '#domain/metrics/ces-5.ts';
import { ces7 } from '#domain/metrics/ces-7.ts';
import { cesLowEffortShare } from '#domain/metrics/ces-low-effort-share.ts';
import { cesTopTwoShare } from '#domain/metrics/ces-top-two-share.ts';
import { csat } from '#domain/metrics/csat.ts';
import { csatMean } from '#domain/metrics/csat-mean.ts';
import { csatTopBox } from '#domain/metrics/csat-top-box.ts';
import { measureFacts } from '#domain/metrics/measure.ts';
import type { Measurement } from '#domain/metrics/measurement.ts';
import { nps } from '#domain/metrics/nps.ts';
import { nps1To10 } from '#domain/metrics/nps-1-10.ts';
import type { AnswerFields, Fact } from '#domain/records/record.ts';
import { asOf, everything, figure } from './everything.ts';
import { answer } from './facts.ts';

const over = (metric: typeof nps, answers: readonly Fact[]): Measurement =>
  figure(measureFacts(metric, answers, { window: everything, asOf }));

const ratings = (
  metric: AnswerFields['metric'],
  scale: AnswerFields['scale'],
  values: readonly (number | null)[],
): Fact[] => values.map((rating) => answer({ metric, scale, rating }));

describe('the Net Promoter Score', () => {
  test.each([
    [[9, 10, 6, 8], 25],
    [[0, 6], -100],
    [[7, 8], 0],
    [[9, 6.5, 11, null], 100],
  ])('of the ratings %j is %f points', (values, value) => {
    expect(over(nps, ratings('nps', [0, 10], values))).toMatchObject({ status: 'measured', value });
  });

  test('believes HubSpot’s own response group before the rating', () => {
    const answers = [answer({ metric: 'nps', scale: [0, 10], rating: 9, group: 'detractor' })];
    expect(over(nps, answers)).toMatchObject({ value: -100, n: 1 });
    expect(over(nps, [answer({ metric: 'nps', group: 'promoter' })])).toMatchObject({ value: 100, n: 1 });
  });

  test('never pools another scale, even where a response group is known', () => {
    const answers = [answer({ metric: 'nps', scale: [1, 10], rating: 9, group: 'promoter' })];
    expect(over(nps, answers)).toEqual({
      status: 'not_measured',
      because: 'no answer on the 0–10 recommendation scale counts here',
      n: 1,
    });
  });

  test('is not measured without answers, rather than 0', () => {
    expect(over(nps, ratings('csat', [0, 10], [9]))).toMatchObject({ status: 'not_measured', n: 0 });
  });
});

describe('the net score of a 1–10 item', () => {
  test.each([
    [[9, 10, 6, 8], 25],
    [[1, 6], -100],
    [[7, 8], 0],
    [[9, 0, 6.5, 11, null], 100],
  ])('of the ratings %j is %f points', (values, value) => {
    expect(over(nps1To10, ratings('nps', [1, 10], values))).toMatchObject({ status: 'measured', value });
  });

  test('believes HubSpot’s own response group before the rating, but not beside a rating outside the scale', () => {
    const answers = [9, 0].map((rating) => answer({ metric: 'nps', scale: [1, 10], rating, group: 'detractor' }));
    expect(over(nps1To10, answers)).toMatchObject({ value: -100, n: 1 });
    expect(over(nps1To10, [answer({ metric: 'nps', scale: [1, 10], group: 'promoter' })])).toMatchObject({
      value: 100,
    });
  });

  test('never pools answers on 0–10 or on a scale nobody knows', () => {
    const answers = [...ratings('nps', [0, 10], [9]), answer({ metric: 'nps', group: 'promoter' })];
    expect(over(nps1To10, answers)).toEqual({
      status: 'not_measured',
      because: 'no answer on a 1–10 recommendation scale counts here',
      n: 2,
    });
  });
});

describe('customer satisfaction', () => {
  test.each<[[number, number], number]>([
    [[0, 2], 2],
    [[1, 5], 4],
    [[1, 7], 6],
    [[1, 10], 9],
    [[0, 10], 9],
  ])('on the scale %j counts ratings from %i on as satisfied', (scale, from) => {
    const all = Array.from({ length: scale[1] - scale[0] + 1 }, (_, index) => scale[0] + index);
    const numerator = scale[1] - from + 1;
    expect(over(csat, ratings('csat', scale, all))).toMatchObject({ numerator, n: all.length });
  });

  test('goes by HubSpot’s own response group first', () => {
    const groups = ['promoter', 'passive', 'detractor', 'promoter'] as const;
    const answers = groups.map((group) => answer({ metric: 'csat', group, rating: 0, scale: [0, 2] }));
    expect(over(csat, answers)).toMatchObject({ value: 0.5, numerator: 2, n: 4 });
  });

  test('leaves out scales it does not know, and ratings outside their scale', () => {
    const answers = [
      ...ratings('csat', [1, 100], [99]),
      ...ratings('csat', [1, 5], [6]),
      ...ratings('csat', null, [5]),
    ];
    expect(over(csat, answers)).toEqual({
      status: 'not_measured',
      because: 'no satisfaction answer counts here',
      n: 3,
    });
  });
});

describe('the top box of satisfaction', () => {
  test.each<[number, number]>([
    [0, 2],
    [1, 5],
    [1, 7],
    [1, 10],
    [0, 10],
  ])('on the scale %i–%i is its highest rating alone', (lowest, highest) => {
    const all = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
    expect(over(csatTopBox, ratings('csat', [lowest, highest], all))).toMatchObject({ numerator: 1, n: all.length });
    expect(over(csatTopBox, ratings('csat', [lowest, highest], [highest]))).toMatchObject({ value: 1 });
  });

  test('does not take the group of satisfied answers for the highest rating', () => {
    const answers = [
      answer({ metric: 'csat', scale: [1, 5], rating: 4, group: 'promoter' }),
      answer({ metric: 'csat', group: 'promoter' }),
    ];
    expect(over(csatTopBox, answers)).toMatchObject({ value: 0, n: 1, interval: { low: 0, method: 'Wilson score' } });
  });

  test('leaves out ratings outside their scale', () => {
    expect(over(csatTopBox, ratings('csat', [1, 5], [6, 0, null]))).toMatchObject({ status: 'not_measured', n: 3 });
  });
});

describe('mean satisfaction', () => {
  test.each<[[number, number], number[], number]>([
    [[0, 2], [0, 1, 2, 2], 62.5],
    [[1, 5], [1, 5], 50],
    [[1, 5], [4], 75],
    [[1, 7], [7, 6], 550 / 6],
    [[1, 10], [4], 100 / 3],
    [[0, 10], [3, 4], 35],
  ])('on the scale %j of the ratings %j is %f of 100', (scale, values, value) => {
    const measured = over(csatMean, ratings('csat', scale, values));
    expect(measured).toMatchObject({ n: values.length });
    expect(measured).toHaveProperty('value', expect.closeTo(value, 10));
  });

  test('gives the ends of different scales the same weight, with an interval that stays between them', () => {
    const answers = [...ratings('csat', [0, 2], [2]), ...ratings('csat', [1, 7], [7]), ...ratings('csat', [1, 5], [1])];
    expect(over(csatMean, answers)).toMatchObject({ n: 3, interval: { low: 0, high: 100 } });
    expect(over(csatMean, answers)).toHaveProperty('value', expect.closeTo(200 / 3, 10));
  });

  test('leaves out scales it does not know and answers with a response group only', () => {
    const answers = [...ratings('csat', [1, 100], [99]), answer({ metric: 'csat', group: 'promoter' })];
    expect(over(csatMean, answers)).toMatchObject({ status: 'not_measured', n: 2 });
  });
});

describe('the effort score on 1–5', () => {
  test('is the mean of its ratings, with an interval that stays on the scale', () => {
    const measured = over(ces5, ratings('ces', [1, 5], [5, 5, 4]));
    expect(measured).toMatchObject({ value: 14 / 3, n: 3, interval: { high: 5, method: 'Student’s t' } });
  });

  test('leaves out ratings on 1–7', () => {
    expect(over(ces5, ratings('ces', [1, 7], [5, 4]))).toMatchObject({ status: 'not_measured', n: 2 });
  });
});

describe('the share of low effort', () => {
  test.each<[[number, number], number]>([
    [[1, 7], 5],
    [[1, 5], 4],
  ])('on the scale %j begins at %i', (scale, from) => {
    const all = Array.from({ length: scale[1] }, (_, index) => index + 1);
    const numerator = scale[1] - from + 1;
    expect(over(cesLowEffortShare, ratings('ces', scale, all))).toMatchObject({ numerator, n: scale[1] });
    expect(over(cesLowEffortShare, ratings('ces', scale, [from]))).toMatchObject({ value: 1 });
  });

  test('goes by the rating where HubSpot’s own group is a lower one, and leaves out other scales', () => {
    const answers = [
      answer({ metric: 'ces', scale: [1, 7], rating: 5, group: 'passive' }),
      answer({ metric: 'ces', group: 'promoter' }),
      ...ratings('ces', [1, 10], [9]),
    ];
    expect(over(cesLowEffortShare, answers)).toMatchObject({ value: 1, numerator: 1, n: 1 });
  });
});

describe('the top two of effort', () => {
  test('are the ratings 6 and 7 of 7', () => {
    expect(over(cesTopTwoShare, ratings('ces', [1, 7], [1, 2, 3, 4, 5, 6, 7]))).toMatchObject({ numerator: 2, n: 7 });
    expect(over(cesTopTwoShare, ratings('ces', [1, 7], [6]))).toMatchObject({ value: 1 });
  });

  test('go by HubSpot’s own response group first, but never on another scale', () => {
    const answers = [
      answer({ metric: 'ces', group: 'promoter' }),
      answer({ metric: 'ces', scale: [1, 7], rating: 7, group: 'passive' }),
      answer({ metric: 'ces', scale: [1, 5], rating: 5, group: 'promoter' }),
    ];
    expect(over(cesTopTwoShare, answers)).toMatchObject({ value: 0.5, numerator: 1, n: 2 });
  });
});

describe('the effort score', () => {
  test('is the mean of ratings on 1–7, with an interval that stays on the scale', () => {
    const measured = over(ces7, ratings('ces', [1, 7], [7, 7, 6]));
    expect(measured).toMatchObject({ value: 20 / 3, n: 3, interval: { high: 7, method: 'Student’s t' } });
  });

  test('of a single answer has no interval', () => {
    expect(over(ces7, ratings('ces', [1, 7], [5]))).toEqual({ value: { status: 'measured', value: 5, n: 1 } }.value);
  });

  test('leaves out other scales', () => {
    expect(over(ces7, ratings('ces', [1, 5], [5, 4]))).toMatchObject({ status: 'not_measured', n: 2 });
  });
});

describe('several answers of one person', () => {
  const ofPerson = (person: string, rating: number): Fact =>
    answer({ metric: 'csat', scale: [1, 5], rating, links: { contact: [person] } });
  const repeated = ['1', '2', '3', '4'].flatMap((person) =>
    [1, 2, 3].map(() => ofPerson(person, Number(person) > 2 ? 5 : 1)),
  );
  const distinct = repeated.map((fact, index) => ({ ...fact, links: { contact: [String(100 + index)] } }) as Fact);

  const widthOf = (measurement: Measurement): number => {
    if (measurement.status !== 'measured' || !measurement.interval) throw new Error('no interval');
    return measurement.interval.high - measurement.interval.low;
  };

  test('count as answers but widen the interval, and the interval says so', () => {
    const clustered = over(csat, repeated);
    const independent = over(csat, distinct);
    expect(clustered).toMatchObject({
      value: 0.5,
      n: 12,
      interval: { method: 'Wilson score, answers clustered by person' },
    });
    expect(independent).toMatchObject({ value: 0.5, n: 12, interval: { method: 'Wilson score' } });
    expect(widthOf(clustered)).toBeGreaterThan(1.4 * widthOf(independent));
  });

  test('are as good as one each where everybody repeats themself', () => {
    const once = ['1', '2', '3', '4'].map((person) => ofPerson(person, Number(person) > 2 ? 5 : 1));
    expect(widthOf(over(csat, repeated))).toBeCloseTo(widthOf(over(csat, once)), 12);
  });
});

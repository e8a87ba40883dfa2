import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  catalogues,
  type Language,
  languages,
  type MessageCode,
  type MessageValues,
  render,
  renderLines,
} from '#contract/messages/index.ts';
import { inputNames } from '#contract/messages/message.ts';
import { churnInputs } from '#domain/scores/churn-rules.ts';
import { healthModel } from '#domain/scores/health-weights.ts';
import type { ReasonCode, ReasonValues } from '#domain/scores/reason.ts';
import { upsellModel } from '#domain/scores/upsell-weights.ts';
import { examples } from './examples.ts';

const codes = Object.keys(catalogues.en) as MessageCode[];

describe('the message catalogue', () => {
  test('has words for every reason, with the same numbers behind it', () => {
    expectTypeOf<Pick<MessageValues, ReasonCode>>().toEqualTypeOf<ReasonValues>();
    expect(codes).toEqual(expect.arrayContaining(Object.keys(examples)));
  });

  test.each(languages)('is complete in %s', (language) => {
    expect(Object.keys(catalogues[language]).sort()).toEqual([...codes].sort());
  });

  test('names every input that can be missing', () => {
    const asked = [healthModel.inputs, upsellModel.inputs, churnInputs].flatMap((inputs) => Object.keys(inputs));
    expect([...inputNames].sort()).toEqual([...new Set(asked)].sort());
  });

  test.each(languages)('in %s prints a sentence for every reason, without gaps or raw numbers', (language) => {
    for (const [code, cases] of Object.entries(examples) as [ReasonCode, readonly never[]][]) {
      for (const values of cases) {
        const text = render(language, code, values);
        expect(text).not.toMatch(/undefined|null|NaN|∞|\{|\}|^\s|\s$| {2}|\d\.\d{3}/);
        expect(text.length).toBeGreaterThan(1);
      }
    }
  });

  test('is Chinese in Chinese, simplified and traditional apart', () => {
    const text = (language: Language) =>
      Object.entries(examples)
        .flatMap(([code, cases]) => cases.map((values) => render(language, code as ReasonCode, values as never)))
        .join('');
    expect(text('zh-CN')).not.toMatch(/[個張戶單續約開讀這產購務險資應為]/);
    expect(text('zh-TW')).not.toMatch(/[个张户单续约开读这产购务险资应为]/);
  });
});

describe('messages', () => {
  test.each([
    ['en', 'Product use fell 42% in 30 days'],
    ['zh-CN', '近30天产品使用量下降42%'],
    ['zh-TW', '近 30 天產品使用量減少 42%'],
  ] as const)('in %s say how much product use fell', (language, text) => {
    expect(render(language, 'usageTrend', { change: -0.42, recent: 58, before: 100 })).toBe(text);
  });

  test.each([
    [{ reopened: 2, n: 3 }, '2 tickets reopened in 90 days'],
    [{ reopened: 1, n: 3 }, '1 ticket reopened in 90 days'],
    [{ reopened: 0, n: 3 }, 'No ticket reopened in 90 days'],
  ])('count in plain English: %o', (values, text) => {
    expect(render('en', 'reopened', values)).toBe(text);
  });

  test.each([
    [{ happy: 0, unhappy: 1, n: 1 }, 'Latest NPS answer: detractor'],
    [{ happy: 0, unhappy: 0, n: 1 }, 'Latest NPS answer: passive'],
    [{ happy: 1, unhappy: 2, n: 3 }, 'Latest NPS answers: 2 of 3 people are detractors'],
    [{ happy: 2, unhappy: 0, n: 3 }, 'Latest NPS answers: 2 of 3 people are promoters'],
  ])('tell one person from several: %o', (values, text) => {
    expect(render('en', 'npsAnswers', values)).toBe(text);
  });

  const most = { happy: 4, unhappy: 1, n: 5 };
  test.each([
    ['en', 'happyAnswers', most, 'Latest survey answers: 4 of 5 answers are happy'],
    ['zh-CN', 'happyAnswers', most, '最近的问卷回答：5份中有4份为满意'],
    ['zh-TW', 'happyAnswers', most, '最近的問卷回覆：5 份中有 4 份為滿意'],
    ['en', 'easyAnswers', most, 'Latest effort answers: 4 of 5 people found it easy'],
    ['zh-CN', 'easyAnswers', most, '最近的费力度回答：5人中有4人为轻松'],
    ['zh-TW', 'easyAnswers', most, '最近的費力度回覆：5 人中有 4 人為輕鬆'],
    ['en', 'happyAnswers', { happy: 1, unhappy: 1, n: 2 }, 'Latest survey answers: 1 of 2 answers is happy'],
    ['en', 'happyAnswers', { happy: 0, unhappy: 1, n: 3 }, 'Latest survey answers: 2 of 3 answers are neutral'],
    ['en', 'happyAnswers', { happy: 0, unhappy: 2, n: 2 }, 'Latest survey answers: 2 of 2 answers are unhappy'],
  ] as const)('in %s name in %s, which speaks for somebody, the happy ones of %o', (language, code, values, text) => {
    expect(render(language, code, values)).toBe(text);
  });

  test.each([
    ['npsAnswers', { happy: 1, unhappy: 0, n: 3 }, 'Latest NPS answers: 1 of 3 people is a promoter'],
    ['csatAnswers', { happy: 4, unhappy: 1, n: 5 }, 'Latest satisfaction answers: 1 of 5 people is dissatisfied'],
    ['pastDue', { subscriptions: 0 }, 'No subscription is past due'],
    ['paymentInOrder', { subscriptions: 1 }, '1 subscription, not past due'],
    ['manyTickets', { n: 0, typical: 0 }, 'No ticket opened in 90 days (three of four customers: at most 0)'],
    ['ageingTickets', { n: 0, oldestDays: 3 }, 'No ticket open for more than 7 days'],
    ['noContact', { days: 0 }, 'Last contact logged within a day'],
    ['tenure', { days: 0 }, 'Customer for less than a day'],
    ['unhappyAnswers', { happy: 0, unhappy: 1, n: 1 }, 'The latest answer is unhappy'],
    ['unhappyAnswers', { happy: 2, unhappy: 1, n: 3 }, '1 of 3 latest answers is unhappy'],
    ['tooFewExperiences', { n: 0, needed: 3 }, 'Not enough data: no ticket or answer in 90 days, 3 needed'],
    ['tooFewExperiences', { n: 1, needed: 3 }, 'Not enough data: 1 ticket or answer in 90 days, 3 needed'],
  ] as const)('count none and one in plain English: %s of %o', (code, values, text) => {
    expect(render('en', code, values as never)).toBe(text);
  });

  test('write large numbers and dates as the language does', () => {
    expect(render('en', 'usageLow', { recent: 1200, typical: 25_000 })).toContain('25,000');
    expect(render('zh-TW', 'leftOn', { at: Date.UTC(2026, 4, 3) })).toBe('已於 2026年5月3日流失');
  });

  test('date a day in the time zone of the portal', () => {
    const at = Date.parse('2026-05-03T00:00:00+08:00');
    expect(render('en', 'leftOn', { at }, 'Asia/Taipei')).toBe('Left on May 3, 2026');
    expect(render('en', 'leftOn', { at }, 'UTC')).toBe('Left on May 2, 2026');
  });

  test('never show a change of nothing as a fall of 0%', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 9, noNaN: true }), (change) => {
        expect(render('en', 'usageTrend', { change, recent: 5, before: 5 })).not.toMatch(/ 0%/);
      }),
    );
  });
});

describe('a text for HubSpot', () => {
  test('holds one reason a line, each with its signed points', () => {
    const lines = [
      { code: 'usageTrend', values: { change: -0.5, recent: 20, before: 40 }, points: 28 },
      { code: 'npsAnswers', values: { happy: 1, unhappy: 0, n: 1 }, points: -8 },
      { code: 'everythingElse', values: {}, points: 3 },
    ] as const;
    expect(renderLines('en', lines)).toBe(
      'Product use fell 50% in 30 days (+28)\nLatest NPS answer: promoter (-8)\nEverything else (+3)',
    );
  });

  test('holds why there is no score, without points', () => {
    expect(renderLines('en', [{ code: 'notCustomer', values: {}, points: null }])).toBe('Not a customer now');
    expect(renderLines('en', [])).toBe('');
  });
});

import { describe, expect, test } from 'vitest';
import type { Customer } from '#domain/metrics/metric.ts';
import type { Fact } from '#domain/records/record.ts';
import { scoreCustomer } from '#domain/scores/customer-score.ts';
import {
  answer,
  asOf,
  content,
  customer,
  daysAgo,
  fullPortal,
  hoursAfter,
  openTicket,
  portalWith,
  subscription,
  ticket,
  unhappy,
} from './builders.ts';

const score = (of: Customer, norms = fullPortal) => scoreCustomer({ customer: of, asOf, norms });

describe('health', () => {
  test('is high for a customer for whom everything speaks, low for one against whom everything speaks', () => {
    expect(score(content()).health.band).toBe('high');
    expect(score(unhappy()).health.band).toBe('low');
  });

  test('is 100 and 0 at most', () => {
    expect(score(content()).outputs.healthScore).toBeGreaterThan(90);
    expect(score(unhappy()).outputs.healthScore).toBeLessThan(10);
  });

  test.each([
    ['nothing but being a customer', customer()],
    [
      'no ticket and no answer, though usage and payment are known',
      customer([subscription()], { usageRecent: 50, usageBefore: 50 }),
    ],
    [
      'an old ticket and an old answer',
      customer([ticket({ openedAt: daysAgo(200) }), answer('csat', 5, { answeredAt: daysAgo(100) })]),
    ],
    ['one ticket only', customer([ticket()])],
  ])('abstains on %s', (_, of) => {
    const { health, outputs } = score(of);
    expect(health).toMatchObject({ band: 'insufficient_data', breakdown: null, because: { code: 'tooLittleData' } });
    expect(outputs.healthScore).toBeNull();
  });

  test('does not ask for what nobody in the portal has', () => {
    const alone = customer([ticket(), ticket(), ticket()]);
    expect(score(alone, portalWith('tickets')).health).toMatchObject({ coverage: 1, band: 'high' });
  });

  test('names what is missing', () => {
    const { because } = score(customer([ticket()])).health;
    expect(because).toMatchObject({ code: 'tooLittleData', values: { missing: ['feedback', 'usage', 'contract'] } });
  });

  test.each([
    ['one quick ticket', customer([ticket()]), portalWith('tickets'), 1],
    ['one answer', customer([answer('nps', 10)]), portalWith('nps'), 1],
    ['two answers', customer([answer('nps', 10), answer('csat', 5)]), portalWith('nps', 'csat'), 2],
    ['product use alone', customer([], { usageRecent: 50, usageBefore: 50 }), portalWith('usage'), 0],
  ])('does not rest on %s, even where the portal has no more', (_, of, norms, n) => {
    expect(score(of, norms).health).toMatchObject({
      coverage: 1,
      band: 'insufficient_data',
      because: { code: 'tooFewExperiences', values: { n, needed: 3 } },
    });
  });

  test.each([
    ['three answers', customer([answer('nps', 9), answer('nps', 9), answer('nps', 9)]), portalWith('nps')],
    ['a ticket and an answer', customer([ticket(), answer('nps', 9)]), portalWith('nps', 'tickets')],
    [
      'an answer and product use',
      customer([answer('nps', 9)], { usageRecent: 50, usageBefore: 50 }),
      portalWith('nps', 'usage'),
    ],
    [
      'product use and a contract',
      customer([subscription()], { usageRecent: 50, usageBefore: 50 }),
      portalWith('usage', 'contract'),
    ],
  ])('may rest on %s', (_, of, norms) => {
    expect(score(of, norms).health.because).toBeNull();
  });

  test('keeps one or two answers from standing for a company, and lets three do so', () => {
    const rated = (n: number) =>
      customer(
        Array.from({ length: n }, () => answer('csat', 5)),
        {},
        'company',
      );
    expect(score(rated(2), portalWith('csat')).health.because).not.toBeNull();
    expect(score(rated(3), portalWith('csat')).health.because).toBeNull();
  });

  test('starts at 50, which is what all neutral measurements give', () => {
    const neutral = customer([answer('nps', 7), answer('nps', 7), answer('nps', 7)]);
    const { breakdown } = score(neutral, portalWith('nps')).health;
    expect(breakdown).toMatchObject({ base: 50, lines: [{ code: 'badExperiences', points: 16 }], score: 66 });
  });
});

describe('churn risk', () => {
  test('is high for a customer against whom everything speaks, low for a content one', () => {
    expect(score(unhappy()).churn.band).toBe('high');
    expect(score(content()).churn.band).toBe('low');
  });

  const steady = { usageRecent: 40, usageBefore: 40 };
  const halved = { usageRecent: 22, usageBefore: 60 };
  const soon = { renewalAt: daysAgo(-20) };

  test.each([
    ['one detractor answer', 'medium', customer([answer('nps', 3)], steady)],
    ['a detractor answer and a low satisfaction', 'high', customer([answer('nps', 3), answer('csat', 1)], steady)],
    ['use that halved', 'medium', customer([ticket()], halved)],
    ['use that halved before a renewal in three weeks', 'high', customer([ticket()], { ...halved, ...soon })],
    ['a renewal in three weeks alone', 'low', customer([ticket()], { ...steady, ...soon })],
    ['one quick ticket', 'low', customer([ticket()], steady)],
  ] as const)('of %s is %s', (_, band, of) => {
    expect(score(of).churn.band).toBe(band);
  });

  test('is given to current customers only', () => {
    const former = score(content({ customerUntil: daysAgo(3) }));
    expect(former.churn).toMatchObject({
      band: 'insufficient_data',
      because: { code: 'leftOn', values: { at: daysAgo(3) } },
    });
    expect(former.outputs).toMatchObject({ upsellCandidate: false, upsellScore: null, upsellReason: [] });
    const lead = content({ customerSince: null, isCustomer: false });
    expect(score(lead).churn.because).toMatchObject({ code: 'notCustomer' });
    expect(score(content({ customerUntil: daysAgo(600) })).standing).toBe('current');
    expect(score(content({ customerUntil: daysAgo(-30) })).standing).toBe('current');
  });

  test('is given to a customer of whom nobody knows since when, without a word about how long', () => {
    const { standing, churn } = score(content({ customerSince: null }));
    expect(standing).toBe('current');
    expect(churn.band).toBe('low');
    expect(churn.breakdown?.lines.map(({ code }) => code)).not.toContain('tenure');
    expect(score(content({ customerSince: null, customerUntil: daysAgo(3) })).standing).toBe('left');
  });

  test('abstains when nothing was heard, even where no more could be known', () => {
    const silent = score(customer(), portalWith('tickets'));
    expect(silent.churn).toMatchObject({ band: 'insufficient_data', because: { code: 'nothingHeard' } });
    expect(silent.outputs.churnReasons).toEqual([{ code: 'nothingHeard', values: { days: 180 }, points: null }]);
  });

  test('reads the latest answer of each person', () => {
    const improved = [answer('nps', 2, { answeredAt: daysAgo(60) }, '7'), answer('nps', 9, {}, '7')];
    const other = [answer('nps', 2, { answeredAt: daysAgo(60) }, '8'), answer('nps', 9, {}, '7')];
    const points = (facts: typeof other) =>
      score(customer(facts, { usageRecent: 4, usageBefore: 4 })).churn.breakdown?.lines;
    expect(points(improved)).toContainEqual({ code: 'npsAnswers', points: -8, values: { happy: 1, unhappy: 0, n: 1 } });
    expect(points(other)).toContainEqual({ code: 'npsAnswers', points: 18, values: { happy: 1, unhappy: 1, n: 2 } });
  });

  test('takes each anonymous answer for a person of its own, and the order of linked contacts for nothing', () => {
    const said = (facts: readonly Fact[]) =>
      score(customer(facts, { usageRecent: 4, usageBefore: 4 })).churn.breakdown?.lines.find(
        ({ code }) => code === 'npsAnswers',
      )?.values;
    const linkedTo = (contact: readonly string[], rating: number, days: number) => ({
      ...answer('nps', rating, { answeredAt: daysAgo(days) }),
      links: { contact },
    });
    expect(said([answer('nps', 9), answer('nps', 2)])).toEqual({ happy: 1, unhappy: 1, n: 2 });
    expect(said([linkedTo(['7', '10'], 2, 60), linkedTo(['10', '7'], 9, 10)])).toEqual({ happy: 1, unhappy: 0, n: 1 });
  });
});

describe('upsell', () => {
  test('names the product that similar customers have', () => {
    const { upsell, outputs } = score(content());
    expect(upsell).toMatchObject({ candidate: true, whyNot: null, band: 'high' });
    expect(outputs.upsellReason[0]).toMatchObject({
      code: 'roomToGrow',
      values: { product: 'Reports', with: 'Base', share: 0.62, n: 50 },
    });
  });

  test.each([
    ['has all products already', content({ products: ['Base', 'Reports'] }), 'noRoomToGrow'],
    ['has unknown products', content({ products: null }), 'productsUnknown'],
    ['is at high risk of leaving', unhappy(), 'churnRiskHigh'],
    ['has an ageing ticket', { ...content(), facts: [...content().facts, openTicket(9)] }, 'ageingTickets'],
    [
      'is behind with payment',
      { ...content(), facts: [...content().facts, subscription({ status: 'past_due' })] },
      'pastDue',
    ],
    [
      'has just been unhappy',
      { ...content(), facts: [...content().facts, answer('csat', 1, { answeredAt: daysAgo(1) })] },
      'unhappyAnswers',
    ],
    ['uses less than before', content({ usageRecent: 40 }), 'usageTrend'],
    [
      'has been unsure about us',
      { ...content({ usageRecent: 46 }), facts: [ticket(), answer('nps', 7), answer('ces', 4)] },
      'scoreTooLow',
    ],
    ['left', content({ customerUntil: daysAgo(1) }), 'leftOn'],
  ])('does not propose a customer who %s', (_, of, code) => {
    expect(score(of).upsell).toMatchObject({ candidate: false, whyNot: { code } });
    expect(score(of).outputs.upsellReason).toEqual([]);
  });
});

describe('only what was known', () => {
  test('facts dated later change nothing', () => {
    const later = [
      openTicket(-1),
      answer('nps', 0, { answeredAt: asOf }),
      subscription({ status: 'past_due', startedAt: daysAgo(-2) }),
    ];
    const before = content();
    expect(score({ ...before, facts: [...before.facts, ...later] })).toEqual(score(before));
  });

  test('whoever becomes a customer later is none yet, whatever the lifecycle stage says today', () => {
    expect(score(content({ customerSince: daysAgo(-1) })).standing).toBe('never');
  });

  test('a ticket closed later is still open, and an end that comes later has not come', () => {
    const closedLater = openTicket(12, { isClosed: true, endedAt: hoursAfter(asOf, 1), closedAt: hoursAfter(asOf, 1) });
    expect(score(customer([closedLater], { customerUntil: daysAgo(-1) }))).toMatchObject({
      standing: 'current',
      outputs: { openTickets: 1 },
    });
  });
});

describe('what is written to the CRM', () => {
  test('holds the latest answers on their own scales', () => {
    const facts = [
      answer('nps', 9),
      answer('nps', 3, { answeredAt: daysAgo(300) }),
      answer('csat', 4),
      answer('ces', 6),
    ];
    expect(score(customer(facts)).outputs).toMatchObject({
      npsGroup: 'promoter',
      lastNps: 9,
      lastCsat: 75,
      lastCes: 6,
    });
  });

  test('is empty where nothing is known', () => {
    expect(score(customer(), portalWith()).outputs).toMatchObject({
      healthScore: null,
      npsGroup: null,
      lastNps: null,
      openTickets: null,
      dataQuality: 0,
      scoredAt: '2026-06-01T00:00:00.000Z',
      scoreVersion: 'health-2 churn-rules-1 upsell-1',
    });
  });
});

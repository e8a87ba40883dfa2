import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Band, bandOf } from '#domain/scores/band.ts';
import { scoreCustomer } from '#domain/scores/customer-score.ts';
import { deadBand } from '#domain/scores/settle.ts';
import { customers } from './arbitrary.ts';
import { answer, asOf, content, customer, daysAgo, fullPortal, openTicket, portalWith } from './builders.ts';

const cutoffs = { high: 70, medium: 40, margin: 3 };
const fold = (scores: readonly (number | null)[]): Band[] => {
  const bands: Band[] = [];
  for (const score of scores) bands.push(bandOf(score, cutoffs, bands.at(-1) ?? null));
  return bands;
};

describe('bands', () => {
  test.each([
    ['begin at the plain cut-offs', [70], ['high']],
    ['do not flip around a cut-off', [70, 68, 71, 67, 72], ['high', 'high', 'high', 'high', 'high']],
    [
      'fall once a score is beyond the margin, and rise likewise',
      [70, 66, 71, 73],
      ['high', 'medium', 'medium', 'high'],
    ],
    ['may fall through two at once', [90, 10, 90], ['high', 'low', 'high']],
    ['take one step when the second cut-off is not passed by the margin', [10, 71], ['low', 'medium']],
    ['start anew after a day without a score', [70, null, 69], ['high', 'insufficient_data', 'medium']],
  ] as const)('%s', (_, scores, bands) => {
    expect(fold(scores)).toEqual(bands);
  });

  test('do not change any more once the score stands still', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }), (scores) => {
        const last = scores.at(-1) ?? 0;
        const bands = fold([...scores, last, last]);
        expect(bands.at(-1)).toBe(bands.at(-3));
      }),
    );
  });

  test('of a higher score are never lower', () => {
    const band = fc.constantFrom<Band>('high', 'medium', 'low', 'insufficient_data');
    const rank = { insufficient_data: -1, low: 0, medium: 1, high: 2 };
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(score, score, band, (a, b, previous) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(rank[bandOf(low, cutoffs, previous)]).toBeLessThanOrEqual(rank[bandOf(high, cutoffs, previous)]);
      }),
    );
  });
});

describe('the dead-band', () => {
  const norms = fullPortal;
  const monday = scoreCustomer({ customer: content({ usageRecent: 50, usageBefore: 50 }), asOf: daysAgo(1), norms });
  const score = (usageRecent: number, previous = monday) =>
    scoreCustomer({ customer: content({ usageRecent, usageBefore: 50 }), asOf, norms, previous });

  test('keeps score, reasons, fingerprint and date together when hardly anything moved', () => {
    const { health } = score(50);
    expect(health).toEqual(monday.health);
    expect(health.computedAt).toBe(daysAgo(1));
  });

  test('takes over a move of two points or more, with its reasons', () => {
    const { health } = score(40);
    expect(health.computedAt).toBe(asOf);
    expect(Math.abs((health.breakdown?.score ?? 0) - (monday.health.breakdown?.score ?? 0))).toBeGreaterThanOrEqual(
      deadBand,
    );
  });

  test('does not let small moves creep', () => {
    let previous = monday;
    for (let use = 50; use >= 25; use -= 0.25) previous = score(use, previous);
    const plain = scoreCustomer({ customer: content({ usageRecent: 25, usageBefore: 50 }), asOf, norms });
    expect(Math.abs((previous.health.breakdown?.score ?? 0) - (plain.health.breakdown?.score ?? 0))).toBeLessThan(
      deadBand,
    );
  });

  test('does not keep reasons that are no longer true', () => {
    const previous = scoreCustomer({ customer: content({ usageRecent: 30, usageBefore: 50 }), asOf, norms });
    const facts = [...content().facts, openTicket(9), openTicket(9)];
    const now = scoreCustomer({
      customer: { ...content({ usageRecent: 30, usageBefore: 50 }), facts },
      asOf,
      norms,
      previous,
    });
    expect(now.churn.breakdown?.lines.map(({ code }) => code)).toContain('ageingTickets');
  });

  test('leaves the upsell flag in agreement with the settled churn band', () => {
    fc.assert(
      fc.property(customers, customers, (yesterday, today) => {
        const previous = scoreCustomer({ customer: yesterday, asOf: daysAgo(1), norms });
        const { churn, upsell, outputs } = scoreCustomer({ customer: today, asOf, norms, previous });
        if (churn.band === 'high') expect(upsell.candidate).toBe(false);
        expect(outputs.churnRiskBand).toBe(churn.band);
        expect(outputs.upsellScore).toBe(upsell.breakdown?.score ?? null);
      }),
    );
  });

  test('scoring the same day twice from the same snapshot gives the same', () => {
    expect(score(41)).toEqual(score(41));
  });

  test('lets a score go once there is too little to rest on', () => {
    const only = portalWith('csat');
    const rated = customer([answer('csat', 5), answer('csat', 5), answer('csat', 5)]);
    const previous = scoreCustomer({ customer: rated, asOf, norms: only });
    expect(previous.health.band).toBe('high');
    expect(scoreCustomer({ customer: rated, asOf: asOf + 90 * 86_400_000, norms: only, previous }).health.band).toBe(
      'insufficient_data',
    );
  });
});

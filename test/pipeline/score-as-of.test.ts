import { expect, test } from 'vitest';
import { scoresAsOf } from '#pipeline/score-as-of.ts';
import { startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';

const day = 24 * 3_600_000;

test('scores as of a past day use what carries its own date, and store nothing', async () => {
  const chain = await startChain(fewCustomers());
  await chain.run();
  const { store } = chain.connector;
  const stored = await Array.fromAsync(store.customers('contact'));

  const past = await Array.fromAsync(scoresAsOf(store, chain.asOf - 400 * day));
  expect(past.length).toBeGreaterThan(3);
  for (const { score } of past) {
    expect(score?.score.computedAt).toBe(chain.asOf - 400 * day);
    expect(score?.score.health.breakdown).toBeNull();
  }
  const recent = await Array.fromAsync(scoresAsOf(store, chain.asOf));
  const inputs = recent.flatMap(({ score }) => score?.score.churn.breakdown?.lines.map(({ code }) => code) ?? []);
  expect(inputs).not.toContain('usageTrend');
  expect(inputs).not.toContain('renewalAhead');

  expect(await Array.fromAsync(store.customers('contact'))).toEqual(stored);
  await chain.close();
});

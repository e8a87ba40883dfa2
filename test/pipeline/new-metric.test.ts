import { afterEach, expect, test } from 'vitest';
import { type Attribution, attributions } from '#domain/metrics/attribution.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';

let chain: Chain;
afterEach(() => chain.close());

test('a metric that an update brings counts for every day there is, also for what bears no date', async () => {
  chain = await startChain(fewCustomers());
  await chain.run();
  const { connector, asOf } = chain;
  expect((await computeMetrics(connector, { asOf })).buckets).toBe(0);
  // As the version before left it.
  await connector.store.saveState('metrics computed', 'nps csat');
  const everything = { from: null, to: null, undated: true };
  const days = await Promise.all(
    (Object.keys(attributions) as Attribution[]).map((each) => connector.store.daysWithFacts(each, everything)),
  );
  expect(days.flat()).toContain('undated');
  expect((await computeMetrics(connector, { asOf })).buckets).toBe(days.flat().length);
  expect((await computeMetrics(connector, { asOf })).buckets).toBe(0);
});

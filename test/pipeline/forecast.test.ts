import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largePortal } from '#bench/support/large-portal.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Connector } from '#pipeline/connector.ts';
import { forecastBackfill, isBackfillDue } from '#pipeline/forecast.ts';
import { awsCost } from '#pipeline/forecasting/aws-cost.ts';
import { readingForecast, totalOf } from '#pipeline/forecasting/backfill-calls.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { readConfig } from '#platform/read-config.ts';
import { type Chain, startChain } from './chain.ts';

/** The limits of a professional account, as the governor paces them. */
const capacity = { rows: { list: 100, search: 200 }, perSecond: { list: 18.5, search: 4.8, associations: 9.75 } };
const reading = (records: number, linkedKinds: number) => ({ records, linkedKinds, linksPerCall: 1_000, capacity });
const million = [reading(1_000_000, 1), reading(300_000, 2), reading(100_000, 2)];

describe('the forecast of a million contacts, 300,000 tickets and 100,000 answers', () => {
  test('is 8,800 calls frugally', () => {
    expect(million.map((each) => totalOf(readingForecast.frugal(each).calls))).toEqual([6_000, 2_100, 700]);
  });

  test('is between 8 and 8.8 minutes fast', () => {
    const minutes = million.reduce((sum, each) => sum + readingForecast.fast(each).seconds, 0) / 60;
    expect(minutes).toBeGreaterThan(8);
    expect(minutes).toBeLessThan(8.8);
  });

  test('costs a few dollars', () => {
    const { writes, reads, storagePerMonth } = awsCost({ contact: 1_000_000, ticket: 300_000, answer: 100_000 }, 528);
    expect(writes).toBeCloseTo(((2.4 + 1.32 + 0.29) * 0.625) / 1, 5);
    expect(reads).toBeCloseTo(2.8 * 0.125, 5);
    expect(storagePerMonth).toBeCloseTo((1.33 + 0.813 + 0.131) * 0.25, 5);
  });
});

describe('a forecast before a backfill', () => {
  let chain: Chain;
  let connector: Connector;
  beforeAll(async () => {
    const portal = largePortal({ contacts: 450, companies: 20, tickets: 230, feedback_submissions: 40 });
    chain = await startChain(portal, { latencyMs: [150, 600], scopes: 'all' });
    const config = readConfig({ ticket: { history: 'none' } });
    const { url: baseUrl, accessToken } = chain.simulator;
    connector = { ...chain.connector, config, crm: hubSpotCrm({ baseUrl, accessToken, config, clock: chain.clock }) };
  });
  afterAll(() => chain.close());

  test('says how many calls it takes, and after it nothing is left to say', async () => {
    const { crm } = connector;
    await crm.account();
    expect(await isBackfillDue(connector)).toBe(true);
    const before = crm.calls().total;
    const forecast = await forecastBackfill(connector);
    expect(crm.calls().total - before).toBe(7);
    expect(forecast?.kinds.map(({ kind, records, mode }) => [kind, records, mode])).toEqual([
      ['company', 20, 'frugal'],
      ['contact', 450, 'frugal'],
      ['deal', 0, 'frugal'],
      ['ticket', 230, 'frugal'],
      ['answer', 40, 'frugal'],
      ['call', 0, 'frugal'],
      ['subscription', 0, 'frugal'],
    ]);
    expect(forecast?.allowance?.calls).toBe(625_000);
    expect(crm.capacity().perSecond.list).toBeCloseTo(190 / 10.25, 5);

    const counted = crm.calls().byKind;
    const startedAt = chain.clock.now();
    await pullChanges(connector);
    const { search = 0, list = 0, associations = 0 } = crm.calls().byKind;
    expect(forecast?.chosen.calls).toEqual({
      search: search - (counted.search ?? 0),
      list,
      associations,
      total: search - (counted.search ?? 0) + list + associations,
    });
    const minutes = (chain.clock.now() - startedAt) / 60_000;
    expect(forecast?.chosen.minutes).toBeGreaterThan(minutes / 1.5);
    expect(forecast?.chosen.minutes).toBeLessThan(minutes * 1.5);

    expect(await isBackfillDue(connector)).toBe(false);
    expect(await forecastBackfill(connector)).toBeNull();
  });

  test('leaves out what HubSpot does not give', async () => {
    const refused = await startChain(largePortal({ contacts: 3 }), { scopes: ['crm.objects.contacts.read'] });
    const forecast = await forecastBackfill(refused.connector);
    await refused.close();
    expect(forecast?.kinds.map(({ kind }) => kind)).toContain('contact');
    expect(forecast?.kinds.map(({ kind }) => kind)).not.toContain('company');
  });
});

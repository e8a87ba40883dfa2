import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PrintedReport, printedReport } from './report-schema.ts';
import { openWorkshop, realDataFolder } from './workshop.ts';

const here = (set: string): boolean => existsSync(resolve(realDataFolder, set));
const minutes = 60_000;

/** Each set is read once; later questions to it reuse what the first left. */
describe('published data, through the command line', () => {
  const shop = openWorkshop();
  const report = async (portal: string, ...words: string[]): Promise<PrintedReport> => {
    const { stdout, stderr, status } = await shop.cx(['run', '--json', '--no-write', '--portal', portal, ...words]);
    expect(status, stderr).toBe(0);
    return printedReport(stdout);
  };

  it('nps-retail: NPS 53.4 of 13,612 answers', { timeout: 12 * minutes }, async ({ skip }) => {
    if (!here('nps-retail')) skip('real data not present');
    const { nps } = (await report('real:nps-retail')).metrics;
    expect(nps).toMatchObject({ n: 13_612 });
    expect(nps?.value).toBeCloseTo(53.4, 1);
  });

  it('cdnow: 40.14 % of 2,357 customers bought again', { timeout: 12 * minutes }, async ({ skip }) => {
    if (!here('cdnow')) skip('real data not present');
    const repeat = (await report('real:cdnow', '--as-of', '1997-10-01')).metrics['repeat-purchase-rate'];
    expect(repeat).toMatchObject({ n: 2357 });
    expect(repeat?.value).toBeCloseTo(0.4014, 4);
  });

  it('uci-incident: counts, times and backlogs of a help desk', { timeout: 20 * minutes }, async ({ skip }) => {
    if (!here('uci-incident')) skip('real data not present');
    const { records, metrics } = await report('real:uci-incident');
    expect(records.tickets).toBe(24_918);
    expect(metrics['time-to-resolution.median']).toMatchObject({ n: 23_362 });
    expect(metrics['time-to-resolution.median']?.value).toBeCloseTo(22.1, 2);
    expect(metrics['time-to-resolution.mean']?.value).toBeCloseTo(178.17, 2);
    const reopened = metrics['reopen-rate'];
    expect((reopened?.value ?? 0) * (reopened?.n ?? 0)).toBeCloseTo(275, 6);
    for (const [asOf, open] of [
      ['2016-04-01', 1825],
      ['2016-05-01', 1340],
      ['2016-06-01', 1272],
    ] as const)
      expect((await report('real:uci-incident', '--as-of', asOf)).metrics.backlog?.value, asOf).toBe(open);
  });

  it('telco: each of 7,043 subscribers is scored, or said to have too little data', { timeout: 12 * minutes }, async ({
    skip,
  }) => {
    if (!here('telco')) skip('real data not present');
    const { records, scores } = await report('real:telco');
    expect(records.contacts).toBe(7043);
    expect(scores.contacts.scored + scores.contacts.insufficientData).toBe(7043);
  });
});

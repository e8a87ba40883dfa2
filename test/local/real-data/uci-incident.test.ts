import { describe, expect, it } from 'vitest';
import { isHere, openPublished, patience } from './published.ts';

describe('published data, through the command line', () => {
  const report = openPublished();

  it('uci-incident: counts, times and backlogs of a help desk', patience, async ({ skip }) => {
    if (!isHere('uci-incident')) skip('real data not present');
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
});

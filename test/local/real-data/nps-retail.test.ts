import { describe, expect, it } from 'vitest';
import { isHere, openPublished, patience } from './published.ts';

describe('published data, through the command line', () => {
  const report = openPublished();

  it('nps-retail: NPS 53.4 of 13,612 answers', patience, async ({ skip }) => {
    if (!isHere('nps-retail')) skip('real data not present');
    const { nps } = (await report('real:nps-retail')).metrics;
    expect(nps).toMatchObject({ n: 13_612 });
    expect(nps?.value).toBeCloseTo(53.4, 1);
  });
});

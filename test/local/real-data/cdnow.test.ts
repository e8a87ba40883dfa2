import { describe, expect, it } from 'vitest';
import { isHere, openPublished, patience } from './published.ts';

describe('published data, through the command line', () => {
  const report = openPublished();

  it('cdnow: 40.14 % of 2,357 customers bought again', patience, async ({ skip }) => {
    if (!isHere('cdnow')) skip('real data not present');
    const repeat = (await report('real:cdnow', '--as-of', '1997-10-01')).metrics['repeat-purchase-rate'];
    expect(repeat).toMatchObject({ n: 2357 });
    expect(repeat?.value).toBeCloseTo(0.4014, 4);
  });
});

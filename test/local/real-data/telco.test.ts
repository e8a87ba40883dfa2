import { describe, expect, it } from 'vitest';
import { isHere, openPublished, patience } from './published.ts';

describe('published data, through the command line', () => {
  const report = openPublished();

  it('telco: each of 7,043 subscribers is scored, or said to have too little data', patience, async ({ skip }) => {
    if (!isHere('telco')) skip('real data not present');
    const { records, scores } = await report('real:telco');
    expect(records.contacts).toBe(7043);
    expect(scores.contacts.scored + scores.contacts.insufficientData).toBe(7043);
  });
});

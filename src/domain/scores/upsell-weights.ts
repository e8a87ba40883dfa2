import type { MoodCount } from './answers.ts';
import { roomToGrow } from './companions.ts';
import { findOpenTickets, findUsageTrend } from './findings.ts';
import type { Finding, WeightedModel } from './part.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

/** What an upsell candidate must bring along. */
export type UpsellInput = 'feedback' | 'effort' | 'usage' | 'problems' | 'room';

/** Mean mood of respondents' latest answers: unhappy 0, neutral 0.5, happy 1. */
const findMood = (code: 'happyAnswers' | 'easyAnswers', count: MoodCount): Finding | 'no_data' =>
  count.n === 0
    ? 'no_data'
    : { value: (count.n + count.happy - count.unhappy) / (2 * count.n), reason: reason(code, count) };

/** The upsell score as a table: high is good, 0 is where it starts. Weights and scales are defaults of ours. */
export const upsellModel: WeightedModel<UpsellInput> = {
  version: 'upsell-1',
  base: 0,
  inputs: { usage: 30, feedback: 25, room: 25, effort: 10, problems: 10 },
  neededCoverage: 0.6,
  parts: [
    {
      id: 'happyAnswers',
      input: 'feedback',
      needs: ['nps', 'csat'],
      weight: 1,
      scale: { shape: 'linear', worst: 0, best: 1, source: ourDefault },
      find: ({ answers: { moods } }) =>
        findMood('happyAnswers', {
          happy: moods.nps.happy + moods.csat.happy,
          unhappy: moods.nps.unhappy + moods.csat.unhappy,
          n: moods.nps.n + moods.csat.n,
        }),
    },
    {
      id: 'easyAnswers',
      input: 'effort',
      needs: ['ces'],
      weight: 1,
      scale: { shape: 'linear', worst: 0, best: 1, source: ourDefault },
      find: ({ answers: { moods } }) => findMood('easyAnswers', moods.ces),
    },
    {
      id: 'usageTrend',
      input: 'usage',
      needs: ['usage'],
      weight: 1,
      scale: { shape: 'linear', worst: -0.2, best: 0.2, source: ourDefault },
      find: findUsageTrend,
    },
    {
      id: 'openTickets',
      input: 'problems',
      needs: ['tickets'],
      weight: 1,
      scale: { shape: 'linear', worst: 3, best: 0, source: ourDefault },
      find: findOpenTickets,
    },
    {
      id: 'roomToGrow',
      input: 'room',
      needs: ['products'],
      weight: 1,
      scale: { shape: 'linear', worst: 0, best: 0.6, source: ourDefault },
      find: ({ products }, norms) => {
        if (products === null) return 'no_data';
        const room = roomToGrow(products, norms.products);
        if (room === null) return { value: 0, reason: reason('noRoomToGrow', { products: products.length }) };
        const { product, share, n } = room;
        return { value: share, reason: reason('roomToGrow', { product, with: room.with, share, n }) };
      },
    },
  ],
};

/** A candidate from 70; the flag is dropped only 3 points below, and taken up only 3 above. Defaults of ours. */
export const upsellCutoffs = { high: 70, medium: 45, margin: 3 } as const;

/** Use that changed by this or less is falling, and no moment to sell more. Default of ours, as in the churn rules. */
export const fallingFrom = -0.1;

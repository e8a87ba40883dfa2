import { type Answers, answersBase, clusteringSource, presentAnswerShare, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale } from './rating.ts';
import { shareSource } from './share.ts';

/** Share of answers with the highest rating their scale has. */
export const csatTopBox: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'csat-top-box',
  question: 'How many customers could not be more satisfied?',
  definition:
    'Share of satisfaction answers with the highest rating of their scale: 2 of 0–2, 5 of 1–5, 7 of 1–7, 10 of 1–10 and ' +
    '0–10. HubSpot’s own response group does not count here: it joins several ratings.',
  formula: 'answers with the highest rating ÷ answers',
  leavesOut: [
    'answers without a rating or without a known scale, whatever their response group',
    'ratings outside their scale',
  ],
  unit: 'share',
  direction: 'higher is better',
  sources: [
    { title: 'J. Sauro & J. Lewis, Quantifying the User Experience, 2nd ed., 2016: top-box scores of rating scales' },
    shareSource,
    clusteringSource,
  ],
  prepare({ fields, ...answer }) {
    if (fields.metric !== 'csat') return null;
    const rating = ratingOnScale(fields);
    return scored({ ...answer, fields }, rating === null ? null : Number(rating === fields.scale?.[1]));
  },
  present: (total) => presentAnswerShare(total, 'no satisfaction answer with a rating on a known scale counts here'),
};

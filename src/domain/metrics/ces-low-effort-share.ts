import type { AnswerFields } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, presentAnswerShare, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';
import { shareSource } from './share.ts';

/** The lowest rating above the middle of each scale. */
const easyFrom: Readonly<Record<string, number>> = { '1-5': 4, '1-7': 5 };

function isEasy(answer: AnswerFields): boolean | null {
  const rating = ratingOnScale(answer);
  const threshold = easyFrom[scaleName(answer) ?? ''];
  return rating === null || threshold === undefined ? null : rating >= threshold;
}

/** Share of answers on the easy side of their scale. */
export const cesLowEffortShare: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'ces-low-effort-share',
  question: 'For how many customers was it rather easy than hard?',
  definition:
    'Share of effort answers above the middle of their scale: 5–7 of 1–7, 4–5 of 1–5, high being easy. HubSpot’s own ' +
    'response group does not count here: it begins higher.',
  formula: 'answers above the middle ÷ answers',
  leavesOut: ['answers on any other scale', 'ratings that are missing or outside their scale'],
  unit: 'share',
  direction: 'higher is better',
  sources: [
    {
      title:
        'M. Dixon, N. Toman & R. DeLisi, The Effortless Experience, 2013: Customer Effort Score 2.0, agreement is 5–7 of 7',
    },
    shareSource,
    clusteringSource,
  ],
  prepare(answer) {
    if (answer.fields.metric !== 'ces') return null;
    const easy = isEasy(answer.fields);
    return scored(answer, easy === null ? null : Number(easy));
  },
  present: (total) => presentAnswerShare(total, 'no effort answer on a 1–7 or 1–5 scale counts here'),
};

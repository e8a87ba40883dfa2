import type { AnswerFields } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, presentAnswerShare, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';
import { shareSource } from './share.ts';

/** The lowest satisfied rating: the top two of every scale (0–10 ends like 1–10), the happy face of HubSpot's three. */
const satisfiedFrom: Readonly<Record<string, number>> = { '0-2': 2, '1-5': 4, '1-7': 6, '1-10': 9, '0-10': 9 };

function isSatisfied(answer: AnswerFields): boolean | null {
  if (answer.group !== null) return answer.group === 'promoter';
  const rating = ratingOnScale(answer);
  const threshold = satisfiedFrom[scaleName(answer) ?? ''];
  return rating === null || threshold === undefined ? null : rating >= threshold;
}

/** Share of satisfied answers. */
export const csat: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'csat',
  question: 'Are customers satisfied with what we did for them?',
  definition:
    'Share of answers in the satisfied group: HubSpot’s own response group where an answer has one, else by the survey’s ' +
    'scale: 0–2 → 2; 1–5 → 4–5; 1–7 → 6–7; 1–10 and 0–10 → 9–10.',
  formula: 'satisfied answers ÷ answers',
  leavesOut: [
    'answers without a response group whose scale is not one of these',
    'ratings that are missing or outside their scale',
  ],
  unit: 'share',
  direction: 'higher is better',
  sources: [
    {
      title: 'Delighted, How is CSAT calculated? (4–5 of 5)',
      url: 'https://help.delighted.com/article/240-how-is-csat-calculated',
    },
    { title: 'HubSpot Knowledge Base, Survey response properties: three faces 0–2, response group' },
    shareSource,
    clusteringSource,
  ],
  prepare(answer) {
    if (answer.fields.metric !== 'csat') return null;
    const satisfied = isSatisfied(answer.fields);
    return scored(answer, satisfied === null ? null : Number(satisfied));
  },
  present: (total) => presentAnswerShare(total, 'no satisfaction answer counts here'),
};

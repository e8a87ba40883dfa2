import type { AnswerFields } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, presentAnswerMean, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';

/** Steps between the ends of each scale, so that every rating is a whole number of them: sums stay exact in any order. */
const steps = 180;
const scales: readonly string[] = ['0-2', '1-5', '1-7', '1-10', '0-10'];

/** How far up its scale a rating is, in steps: none at the lowest, 180 at the highest. */
function stepsUp(answer: AnswerFields): number | null {
  const rating = ratingOnScale(answer);
  if (rating === null || answer.scale === null || !scales.includes(scaleName(answer) ?? '')) return null;
  const [lowest, highest] = answer.scale;
  return ((rating - lowest) * steps) / (highest - lowest);
}

/** Mean satisfaction, each rating as its place between the ends of its own scale. */
export const csatMean: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'csat-mean',
  question: 'How satisfied are customers on average?',
  definition:
    'Mean of satisfaction ratings, each rescaled to 0 (the lowest of its scale) … 100 (the highest), on the scales 0–2, ' +
    '1–5, 1–7, 1–10 and 0–10.',
  formula: 'mean of (rating − lowest) ÷ (highest − lowest) × 100',
  leavesOut: ['answers on any other scale', 'ratings that are missing or outside their scale'],
  unit: 'score',
  direction: 'higher is better',
  sources: [
    {
      title: 'J. Dawes, Do data characteristics change according to the number of scale points used?, IJMR 50(1), 2008',
    },
    { title: 'Interval: Student’s t' },
    clusteringSource,
  ],
  prepare(answer) {
    return answer.fields.metric === 'csat' ? scored(answer, stepsUp(answer.fields)) : null;
  },
  present(total) {
    const because = 'no satisfaction answer with a rating on a known scale counts here';
    return presentAnswerMean(total, [0, steps], because, 100 / steps);
  },
};

import { type Answers, answersBase, clusteringSource, presentAnswerMean, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';

/** Mean ease on a 1–5 scale. */
export const ces5: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'ces-5',
  question: 'How easy is it to get something done with us, asked in five steps?',
  definition:
    'Mean rating of effort surveys on a 1–5 scale where 5 is the easiest. Surveys that ask how much effort it took are ' +
    'reversed by their configured direction before they get here.',
  formula: 'sum of ratings ÷ answers',
  leavesOut: ['answers on any other scale', 'answers without a rating, and ratings outside 1–5'],
  unit: 'rating',
  direction: 'higher is better',
  sources: [
    {
      title:
        'M. Dixon, K. Freeman & N. Toman, Stop Trying to Delight Your Customers, Harvard Business Review, July 2010 (1–5)',
      url: 'https://hbr.org/2010/07/stop-trying-to-delight-your-customers',
    },
    { title: 'Interval: Student’s t' },
    clusteringSource,
  ],
  prepare(answer) {
    if (answer.fields.metric !== 'ces') return null;
    return scored(answer, scaleName(answer.fields) === '1-5' ? ratingOnScale(answer.fields) : null);
  },
  present: (total) => presentAnswerMean(total, [1, 5], 'no effort answer on a 1–5 scale counts here'),
};

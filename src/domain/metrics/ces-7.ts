import { cutTo } from '../statistics/bounds.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
import { type Answers, answersBase, methodOf, scored, summarise } from './answers.ts';
import { withInterval } from './interval.ts';
import { notMeasured } from './measurement.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';

/** Mean ease on a 1–7 scale. */
export const ces7: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'ces-7',
  question: 'How easy is it to get something done with us?',
  definition:
    'Mean rating of effort surveys on a 1–7 scale where 7 is the easiest. Surveys that ask how much effort it took are ' +
    'reversed by their configured direction before they get here.',
  formula: 'sum of ratings ÷ answers',
  leavesOut: ['answers on any other scale', 'answers without a rating, and ratings outside 1–7'],
  unit: 'rating',
  direction: 'higher is better',
  sources: [
    {
      title:
        'M. Dixon, K. Freeman & N. Toman, Stop Trying to Delight Your Customers, Harvard Business Review, July 2010',
      url: 'https://hbr.org/2010/07/stop-trying-to-delight-your-customers',
    },
    { title: 'CYS support, article 3000095529: Customer Effort Score 2.0 as the mean of 1–7' },
    { title: 'Interval: Student’s t' },
    { title: 'Several answers of one person: J. Rao & A. Scott, Biometrics 48(2), 1992' },
  ],
  prepare(answer) {
    if (answer.fields.metric !== 'ces') return null;
    return scored(answer, scaleName(answer.fields) === '1-7' ? ratingOnScale(answer.fields) : null);
  },
  present(total) {
    const summary = summarise(total);
    const [n, sum] = summary.sums;
    if (n === 0) return { value: notMeasured('no effort answer on a 1–7 scale counts here', total.unusable) };
    const bounds = meanInterval(summary.sums, summary);
    const interval = withInterval(bounds && cutTo(bounds, 1, 7), methodOf('Student’s t', summary));
    return { value: { status: 'measured', value: sum / n, n, ...interval } };
  },
};

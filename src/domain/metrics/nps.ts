import type { AnswerFields, ResponseGroup } from '../records/record.ts';
import { adjustedWald } from '../statistics/adjusted-wald.ts';
import { type Answers, answersBase, methodOf, scored, summarise } from './answers.ts';
import { withInterval } from './interval.ts';
import { notMeasured } from './measurement.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';

const weights: Readonly<Record<ResponseGroup, number>> = { promoter: 1, passive: 0, detractor: -1 };

function groupOf(answer: AnswerFields): ResponseGroup | null {
  const scale = scaleName(answer);
  if (scale !== null && scale !== '0-10') return null;
  if (answer.group !== null) return answer.group;
  const rating = ratingOnScale(answer);
  if (rating === null) return null;
  return rating >= 9 ? 'promoter' : rating >= 7 ? 'passive' : 'detractor';
}

/** Net Promoter Score of a 0–10 item, in points. */
export const nps: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'nps',
  question: 'Would customers recommend us?',
  definition:
    'Share of promoters minus share of detractors among answers to "how likely are you to recommend us", asked on 0–10: ' +
    'promoters 9–10, passives 7–8, detractors 0–6. HubSpot’s own response group decides where an answer has one.',
  formula: '(promoters − detractors) ÷ answers × 100',
  leavesOut: [
    'answers on any other scale: the same cuts on 1–10 are another metric',
    'answers without a response group whose rating or scale is missing, and ratings outside 0–10',
  ],
  unit: 'points',
  direction: 'higher is better',
  sources: [
    {
      title: 'F. Reichheld, The One Number You Need to Grow, Harvard Business Review, December 2003',
      url: 'https://hbr.org/2003/12/the-one-number-you-need-to-grow',
    },
    {
      title:
        'Interval: B. Rocks, Interval Estimation for the “Net Promoter Score”, The American Statistician 70(4), 2016',
    },
    { title: 'Several answers of one person: J. Rao & A. Scott, Biometrics 48(2), 1992' },
  ],
  prepare({ fields, ...answer }) {
    if (fields.metric !== 'nps') return null;
    const group = groupOf(fields);
    return scored({ ...answer, fields }, group && weights[group]);
  },
  present(total) {
    const summary = summarise(total);
    const { sums, effect } = summary;
    const [n, net, either] = sums;
    if (n === 0)
      return { value: notMeasured('no answer on the 0–10 recommendation scale counts here', total.unusable) };
    const bounds = adjustedWald({
      promoters: (either + net) / 2 / effect,
      passives: (n - either) / effect,
      detractors: (either - net) / 2 / effect,
    });
    const points = bounds && { low: 100 * bounds.low, high: 100 * bounds.high };
    const interval = withInterval(points, methodOf('adjusted Wald (Rocks 2016)', summary));
    return { value: { status: 'measured', value: (100 * net) / n, n, ...interval } };
  },
};

import type { AnswerFields, ResponseGroup } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { groupOfRating, netPromoterSources, netWeights, presentNetPromoter } from './net-promoter.ts';
import { ratingOnScale, scaleName } from './rating.ts';

function groupOf(answer: AnswerFields): ResponseGroup | null {
  const scale = scaleName(answer);
  if (scale !== null && scale !== '0-10') return null;
  if (answer.group !== null) return answer.group;
  const rating = ratingOnScale(answer);
  return rating === null ? null : groupOfRating(rating);
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
  sources: [...netPromoterSources, clusteringSource],
  prepare({ fields, ...answer }) {
    if (fields.metric !== 'nps') return null;
    const group = groupOf(fields);
    return scored({ ...answer, fields }, group && netWeights[group]);
  },
  present: (total) => presentNetPromoter(total, 'no answer on the 0–10 recommendation scale counts here'),
};

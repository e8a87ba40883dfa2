import type { AnswerFields, ResponseGroup } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { groupOfRating, netPromoterSources, netWeights, presentNetPromoter } from './net-promoter.ts';
import { ratingOnScale, scaleName } from './rating.ts';

function groupOf(answer: AnswerFields): ResponseGroup | null {
  if (scaleName(answer) !== '1-10') return null;
  if (answer.rating === null) return answer.group;
  const rating = ratingOnScale(answer);
  return rating === null ? null : (answer.group ?? groupOfRating(rating));
}

/** The net score of a 1–10 item, in points. */
export const nps1To10: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'nps-1-10',
  question: 'Would customers recommend us, asked from 1 to 10?',
  definition:
    'Share of promoters minus share of detractors among answers to "how likely are you to recommend us", asked on 1–10: ' +
    'promoters 9–10, passives 7–8, detractors 1–6. HubSpot’s own response group decides where an answer has one. Never ' +
    'pooled or compared with `nps`: its scale has one more place for detractors.',
  formula: '(promoters − detractors) ÷ answers × 100',
  leavesOut: [
    'answers on any other scale, or of an unknown one, even where a response group is known',
    'ratings outside 1–10, a 0 among them, even where a response group is known',
    'answers with neither a rating nor a response group',
  ],
  unit: 'points',
  direction: 'higher is better',
  sources: [...netPromoterSources, clusteringSource],
  prepare(answer) {
    if (answer.fields.metric !== 'nps') return null;
    const group = groupOf(answer.fields);
    return scored(answer, group && netWeights[group]);
  },
  present: (total) => presentNetPromoter(total, 'no answer on a 1–10 recommendation scale counts here'),
};

import type { AnswerFields } from '../records/record.ts';
import { type Answers, answersBase, clusteringSource, presentAnswerShare, scored } from './answers.ts';
import type { EventMetric } from './metric.ts';
import { ratingOnScale, scaleName } from './rating.ts';
import { shareSource } from './share.ts';

function isTopTwo(answer: AnswerFields): boolean | null {
  const scale = scaleName(answer);
  if (scale !== null && scale !== '1-7') return null;
  if (answer.group !== null) return answer.group === 'promoter';
  const rating = ratingOnScale(answer);
  return rating === null ? null : rating >= 6;
}

/** Share of effort answers of 6 or 7 of 7. */
export const cesTopTwoShare: EventMetric<'answer.answered', Answers> = {
  ...answersBase,
  id: 'ces-top-two-share',
  question: 'For how many customers was it clearly easy?',
  definition:
    'Share of effort answers with the ratings 6–7 of 1–7, where 7 is the easiest. HubSpot’s own response group, whose top ' +
    'is the same, decides where an answer has one.',
  formula: 'answers of 6 or 7 ÷ answers',
  leavesOut: [
    'answers on any other scale, even where a response group is known',
    'answers without a response group whose rating or scale is missing, and ratings outside 1–7',
  ],
  unit: 'share',
  direction: 'higher is better',
  sources: [
    { title: 'HubSpot Knowledge Base, Survey response properties: effort 1–7, response group' },
    shareSource,
    clusteringSource,
  ],
  prepare(answer) {
    if (answer.fields.metric !== 'ces') return null;
    const top = isTopTwo(answer.fields);
    return scored(answer, top === null ? null : Number(top));
  },
  present: (total) => presentAnswerShare(total, 'no effort answer on a 1–7 scale counts here'),
};

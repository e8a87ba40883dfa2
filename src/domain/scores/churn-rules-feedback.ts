import type { AnswerTally } from './answers.ts';
import type { ChurnRule } from './churn-rule.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

/** Respondents' latest answers: 0 all happy, 1 mixed, 2 some unhappy, 3 half or more unhappy. */
const findMood =
  (question: keyof AnswerTally['moods'], code: 'npsAnswers' | 'csatAnswers' | 'cesAnswers'): ChurnRule['find'] =>
  ({ answers }) => {
    const count = answers.moods[question];
    if (count.n === 0) return null;
    const some = count.happy === count.n ? 0 : 1;
    return { value: count.unhappy === 0 ? some : 2 * count.unhappy >= count.n ? 3 : 2, reason: reason(code, count) };
  };

/** Rules of churn risk about what a customer’s people answered. */
export const feedbackRules: readonly ChurnRule[] = [
  {
    id: 'npsAnswers',
    input: 'feedback',
    observes: 'latest NPS answers of 180 days: 0 all promoters, 1 mixed, 2 some detractors, 3 half or more',
    below: -8,
    steps: [
      { from: 1, points: 0 },
      { from: 2, points: 10 },
      { from: 3, points: 18 },
    ],
    source: {
      title: 'F. Reichheld, The One Number You Need to Grow, Harvard Business Review, December 2003; points are ours',
      url: 'https://hbr.org/2003/12/the-one-number-you-need-to-grow',
    },
    find: findMood('nps', 'npsAnswers'),
  },
  {
    id: 'csatAnswers',
    input: 'feedback',
    observes: 'latest satisfaction answers of 180 days: 0 all satisfied, 1 mixed, 2 some unhappy, 3 half or more',
    below: -4,
    steps: [
      { from: 1, points: 0 },
      { from: 2, points: 8 },
      { from: 3, points: 14 },
    ],
    source: ourDefault,
    find: findMood('csat', 'csatAnswers'),
  },
  {
    id: 'cesAnswers',
    input: 'feedback',
    observes: 'latest effort answers of 180 days: 0 all easy, 1 mixed, 2 some hard, 3 half or more',
    below: -3,
    steps: [
      { from: 1, points: 0 },
      { from: 2, points: 6 },
      { from: 3, points: 10 },
    ],
    source: {
      title: 'M. Dixon, K. Freeman & N. Toman, Stop Trying to Delight Your Customers, HBR, July 2010; points are ours',
      url: 'https://hbr.org/2010/07/stop-trying-to-delight-your-customers',
    },
    find: findMood('ces', 'cesAnswers'),
  },
];

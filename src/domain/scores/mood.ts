import { ratingOnScale, scaleName } from '../metrics/rating.ts';
import type { AnswerFields } from '../records/record.ts';

/** How an answer was meant, whatever its scale. */
export type Mood = 'happy' | 'neutral' | 'unhappy';

/**
 * The lowest happy and the highest unhappy rating, by question and scale. Sources: docs/metrics.md; CES on 1–7 as HubSpot
 * groups it (6–7, 4–5, 1–3); the unhappy ends of CSAT and of CES on 1–5 are ours.
 */
const cuts: Readonly<Record<string, readonly [happyFrom: number, unhappyTo: number]>> = {
  'nps 0-10': [9, 6],
  'nps 1-10': [9, 6],
  'csat 0-2': [2, 0],
  'csat 1-5': [4, 2],
  'csat 1-7': [6, 3],
  'csat 1-10': [9, 5],
  'csat 0-10': [9, 5],
  'ces 1-5': [4, 2],
  'ces 1-7': [6, 3],
};

const moods = { promoter: 'happy', passive: 'neutral', detractor: 'unhappy' } as const;

/** The mood by HubSpot's own response group first, else by the survey's scale; null where neither says. */
export function moodOf(answer: AnswerFields): Mood | null {
  if (answer.metric === null) return null;
  if (answer.group !== null) return moods[answer.group];
  const cut = cuts[`${answer.metric} ${scaleName(answer)}`];
  const rating = ratingOnScale(answer);
  if (cut === undefined || rating === null) return null;
  return rating >= cut[0] ? 'happy' : rating <= cut[1] ? 'unhappy' : 'neutral';
}

/** How an answer was meant. */
export type Mood = 'happy' | 'neutral' | 'unhappy';

/** The order in which moods are looked for; a text names the first one that any answer has. */
export type MoodOrder = readonly [Mood, Mood, Mood];

/** For reasons of risk: one unhappy answer is what matters. */
export const unhappyFirst: MoodOrder = ['unhappy', 'happy', 'neutral'];
/** For reasons that speak for somebody: the happy ones earned the points. */
export const happyFirst: MoodOrder = ['happy', 'neutral', 'unhappy'];

interface Counted {
  readonly happy: number;
  readonly unhappy: number;
  readonly n: number;
}

/** The mood to name, and how many answers have it. */
export function leadingMood({ happy, unhappy, n }: Counted, order: MoodOrder): readonly [mood: Mood, count: number] {
  const counts: Readonly<Record<Mood, number>> = { happy, unhappy, neutral: n - happy - unhappy };
  const mood = order.find((each) => counts[each] > 0) ?? 'neutral';
  return [mood, counts[mood]];
}

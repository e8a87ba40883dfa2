import type { Fact, RecordId } from '../records/record.ts';
import { respondentOf } from '../records/respondent.ts';
import { type DesignEffect, designEffect } from '../statistics/design-effect.ts';
import { addSums, noSums, type Sums, sumsOf } from '../statistics/sums.ts';

/** Answers scored as numbers, kept per person so that several answers of one person widen the interval. */
export interface Answers {
  /** Answers to the question that give no number: no readable scale, a rating outside it. */
  readonly unusable: number;
  /** Answers without a known person; each counts as a person of its own. */
  readonly anonymous: Sums;
  readonly people: Readonly<Record<RecordId, Sums>>;
}

const none: Answers = { unusable: 0, anonymous: noSums, people: {} };

/** The contribution of one answer. `score` null: unusable. */
export function scored(answer: Fact<'answer'>, score: number | null): Answers {
  if (score === null) return { ...none, unusable: 1 };
  const { kind, id } = respondentOf(answer);
  return kind === 'answer' ? { ...none, anonymous: sumsOf(score) } : { ...none, people: { [id]: sumsOf(score) } };
}

function combine(a: Answers, b: Answers): Answers {
  const people = { ...a.people };
  for (const [person, sums] of Object.entries(b.people)) people[person] = addSums(people[person] ?? noSums, sums);
  return { unusable: a.unusable + b.unusable, anonymous: addSums(a.anonymous, b.anonymous), people };
}

/** What every metric of survey answers shares. */
export const answersBase = {
  kind: 'event',
  attribution: 'answer.answered',
  attributionDate: 'the day the answer was given',
  clock: 'calendar',
  reads: ['answer'],
  empty: none,
  combine,
} as const;

/** All answers together, with the design effect of people who answered more than once. */
export const summarise = ({ anonymous, people }: Answers): DesignEffect =>
  designEffect(anonymous, Object.values(people));

/** How an interval was made, with a note where repeated answers widened it. */
export const methodOf = (method: string, { sums, clusters }: DesignEffect): string =>
  sums[0] === clusters ? method : `${method}, answers clustered by person`;

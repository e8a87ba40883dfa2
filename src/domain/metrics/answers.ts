import type { Fact, RecordId } from '../records/record.ts';
import { respondentOf } from '../records/respondent.ts';
import { cutTo } from '../statistics/bounds.ts';
import { type DesignEffect, designEffect } from '../statistics/design-effect.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
import { addSums, noSums, type Sums, sumsOf } from '../statistics/sums.ts';
import { wilson } from '../statistics/wilson.ts';
import { withInterval } from './interval.ts';
import { type Measurement, notMeasured } from './measurement.ts';

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

/** Source of how several answers of one person are counted. */
export const clusteringSource = {
  title: 'Several answers of one person: J. Rao & A. Scott, Biometrics 48(2), 1992',
} as const;

/** The share of answers scored 1 rather than 0, with its Wilson interval and numerator. */
export function presentAnswerShare(total: Answers, because: string): { readonly value: Measurement } {
  const summary = summarise(total);
  const [n, numerator] = summary.sums;
  if (n === 0) return { value: notMeasured(because, total.unusable) };
  const value = numerator / n;
  const interval = withInterval(wilson(value, n / summary.effect), methodOf('Wilson score', summary));
  return { value: { status: 'measured', value, n, numerator, ...interval } };
}

/** The mean score with its t interval, which stays on the scale from `lowest` to `highest`; shown in units of `factor`. */
export function presentAnswerMean(
  total: Answers,
  [lowest, highest]: readonly [number, number],
  because: string,
  factor = 1,
): { readonly value: Measurement } {
  const summary = summarise(total);
  const [n, sum] = summary.sums;
  if (n === 0) return { value: notMeasured(because, total.unusable) };
  const bounds = meanInterval(summary.sums, summary);
  const onScale = bounds && cutTo(bounds, lowest, highest);
  const shown = onScale && { low: factor * onScale.low, high: factor * onScale.high };
  const interval = withInterval(shown, methodOf('Student’s t', summary));
  return { value: { status: 'measured', value: (factor * sum) / n, n, ...interval } };
}

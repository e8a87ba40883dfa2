import { compareIds, type Fact, type Instant, type SurveyMetric } from '../records/record.ts';
import { respondentOf } from '../records/respondent.ts';
import { type Mood, moodOf } from './mood.ts';
import { answerDays, daysBefore, daysBetween, windowDays } from './periods.ts';

/** Respondents by the mood of their latest answer of the last 180 days. */
export interface MoodCount {
  readonly happy: number;
  readonly unhappy: number;
  readonly n: number;
}

/** What a customer answered. */
export interface AnswerTally {
  /** The latest answer to each question, ever. */
  readonly latest: Readonly<Partial<Record<SurveyMetric, Fact<'answer'>>>>;
  readonly moods: Readonly<Record<SurveyMetric, MoodCount>>;
  /** Answers of the last 90 days whose mood is known, and the unhappy ones. */
  readonly experienced: number;
  readonly bad: number;
  readonly daysSinceLast: number | null;
}

type Dated = { readonly fact: Fact<'answer'>; readonly at: Instant };

const dateOf = (fact: Fact<'answer'>): Instant => fact.fields.answeredAt ?? Number.NEGATIVE_INFINITY;

const later = (a: Dated | undefined, b: Dated): boolean =>
  a === undefined || b.at > a.at || (b.at === a.at && compareIds(b.fact.id, a.fact.id) > 0);

function countMoods(latest: Iterable<Dated>): MoodCount {
  const counts: Record<Mood, number> = { happy: 0, neutral: 0, unhappy: 0 };
  for (const { fact } of latest) {
    const mood = moodOf(fact.fields);
    if (mood) counts[mood]++;
  }
  return { happy: counts.happy, unhappy: counts.unhappy, n: counts.happy + counts.neutral + counts.unhappy };
}

/**
 * Tallies answers seen at `asOf`. Each respondent answers for itself; undated answers are the latest only for want of
 * others.
 */
export function tallyAnswers(answers: readonly Fact<'answer'>[], asOf: Instant): AnswerTally {
  const speaksFrom = daysBefore(asOf, answerDays);
  const windowFrom = daysBefore(asOf, windowDays);
  const latest: Partial<Record<SurveyMetric, Dated>> = {};
  const byRespondent: Record<SurveyMetric, Map<string, Dated>> = { nps: new Map(), csat: new Map(), ces: new Map() };
  let experienced = 0;
  let bad = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const fact of answers) {
    const { metric, rating, group } = fact.fields;
    if (metric === null || (rating === null && group === null)) continue;
    const dated = { fact, at: dateOf(fact) };
    if (later(latest[metric], dated)) latest[metric] = dated;
    if (dated.at > last) last = dated.at;
    if (dated.at < speaksFrom) continue;
    const { kind, id } = respondentOf(fact);
    const respondent = `${kind} ${id}`;
    const own = byRespondent[metric];
    if (later(own.get(respondent), dated)) own.set(respondent, dated);
    const mood = dated.at < windowFrom ? null : moodOf(fact.fields);
    if (mood) experienced++;
    if (mood === 'unhappy') bad++;
  }
  return {
    latest: Object.fromEntries(Object.entries(latest).map(([metric, { fact }]) => [metric, fact])),
    moods: {
      nps: countMoods(byRespondent.nps.values()),
      csat: countMoods(byRespondent.csat.values()),
      ces: countMoods(byRespondent.ces.values()),
    },
    experienced,
    bad,
    daysSinceLast: Number.isFinite(last) ? daysBetween(last, asOf) : null,
  };
}

import { seenAt } from '../records/as-of.ts';
import type { Fact, Instant } from '../records/record.ts';
import { addDays, type Day } from '../time/zone.ts';
import { type Attribution, attributedAt, attributions, attributionsOf } from './attribution.ts';
import { catalogue } from './catalogue.ts';
import { combineAll } from './combine-all.ts';
import { attributionsOfMetric, contributionOf, type FactMetric, isFactMetric } from './fact-contribution.ts';
import { type FollowersOf, followUp } from './followers.ts';
import type { Figures } from './measure.ts';
import type { CaseMetric, Metric, Moment } from './metric.ts';

/** All facts that count by one attribution on one day; those without a date have a bucket of their own. */
export interface Bucket {
  readonly attribution: Attribution;
  readonly day: Day | 'undated';
}

const isCase = (metric: Metric): metric is CaseMetric => metric.kind === 'case';

const maturesAfter = (metric: Metric): number =>
  isCase(metric) ? metric.follows.days : metric.kind === 'event' ? (metric.maturesAfterDays ?? 0) : 0;

/** The longest time any metric matures, in days: buckets younger than this still change with time alone. */
export const maturingDays: number = Math.max(0, ...catalogue.map(maturesAfter));

/** The buckets a fact is in. */
export const bucketsOf = (fact: Fact, dayOf: (at: Instant) => Day): Bucket[] =>
  attributionsOf(fact.kind).flatMap((attribution) => {
    const at = attributedAt(attribution, fact);
    if (at === null) return [];
    return [{ attribution, day: at === 'undated' ? at : dayOf(at) }];
  });

/** The buckets of earlier cases that a fact may follow for one metric: those of the follow-up window that ends with it. */
function bucketsFollowed(metric: CaseMetric, fact: Fact, dayOf: (at: Instant) => Day): Bucket[] {
  const at = attributedAt(metric.follows.attribution, fact);
  const linked = fact.links[attributions[metric.attribution].kind] ?? [];
  if (typeof at !== 'number' || linked.length === 0) return [];
  const buckets: Bucket[] = [];
  const last = dayOf(at);
  for (let day = dayOf(at - followUp(metric)); day <= last; day = addDays(day, 1)) {
    buckets.push({ attribution: metric.attribution, day });
  }
  return buckets;
}

/**
 * The buckets whose contributions a fact takes part in: its own, and those of earlier cases it may follow. A changed fact
 * makes those of its old and its new version dirty.
 */
export const bucketsDirtiedBy = (fact: Fact, dayOf: (at: Instant) => Day): Bucket[] => [
  ...bucketsOf(fact, dayOf),
  ...catalogue.filter(isCase).flatMap((metric) => bucketsFollowed(metric, fact, dayOf)),
];

/** What one bucket adds to each metric that counts by its attribution, by metric id; safe to keep as JSON. */
export type DayContributions = Readonly<Record<string, unknown>>;

/**
 * The contributions of one bucket, given all of its facts. Metrics to which none of them adds anything are absent.
 * `followersOf` may answer from an index of facts (`followersAmong`) or from the store.
 */
export function contributionsOfDay(
  attribution: Attribution,
  facts: readonly Fact[],
  followersOf: FollowersOf,
  moment: Moment,
): DayContributions {
  const seen = facts.flatMap((fact) => seenAt(fact, moment.asOf) ?? []);
  const metrics = catalogue.filter(isFactMetric).filter((metric) => attributionsOfMetric(metric).includes(attribution));
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const found = seen
        .map((fact) => contributionOf(metric, attribution, fact, { ...moment, followersOf }))
        .filter((contribution) => contribution !== null);
      return found.length === 0 ? [] : [[metric.id, combineAll(metric, found)]];
    }),
  );
}

/** A metric over many buckets; choose them by `daysOf`. */
export const presentDays = (metric: FactMetric, days: readonly DayContributions[]): Figures =>
  metric.present(
    combineAll(
      metric,
      days.flatMap((day) => (metric.id in day ? [day[metric.id]] : [])),
    ),
  );

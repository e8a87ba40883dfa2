import { type Attribution, attributions } from '../domain/metrics/attribution.ts';
import { catalogue } from '../domain/metrics/catalogue.ts';
import { contributionsOfDay, type DayContributions } from '../domain/metrics/day-buckets.ts';
import { followersAmong } from '../domain/metrics/followers.ts';
import type { CaseMetric, Moment } from '../domain/metrics/metric.ts';
import type { Fact } from '../domain/records/record.ts';
import { addDays } from '../domain/time/zone.ts';
import type { DayBucket, Store } from './ports.ts';

/** The days after a case whose facts may follow it, by attribution of the case. */
const follows = (attribution: Attribution): CaseMetric['follows'][] =>
  catalogue.flatMap((metric) => (metric.kind === 'case' && metric.attribution === attribution ? [metric.follows] : []));

/** Reads days of facts, and computes what a day contributes; days read as somebody's followers are read once. */
export function dayFacts(store: Store, moment: Moment) {
  const read = new Map<string, Promise<readonly Fact[]>>();
  const factsOf = (bucket: DayBucket): Promise<readonly Fact[]> => {
    const name = `${bucket.attribution} ${bucket.day}`;
    const known = read.get(name) ?? store.factsOfDay(bucket);
    read.set(name, known);
    return known;
  };

  const followersOf = async ({ attribution, day }: DayBucket): Promise<readonly Fact[]> => {
    if (day === 'undated') return [];
    const buckets = follows(attribution).flatMap((rule) =>
      // Two days more than the rule says: a follow-up begins in the evening, and an hour later once clocks go forward.
      Array.from({ length: rule.days + 2 }, (_, after) => ({
        attribution: rule.attribution as Attribution,
        day: addDays(day, after),
      })),
    );
    return (await Promise.all(buckets.map(factsOf))).flat();
  };

  return {
    /** What one bucket contributes to every metric, as of the moment given. */
    contributions: async (bucket: DayBucket): Promise<DayContributions> => {
      const [facts, followers] = await Promise.all([store.factsOfDay(bucket), followersOf(bucket)]);
      const known = new Set(facts.map(({ id }) => id));
      const linked = followers.filter((fact) =>
        fact.links[attributions[bucket.attribution].kind]?.some((id) => known.has(id)),
      );
      return contributionsOfDay(bucket.attribution, facts, followersAmong(linked), moment);
    },
  };
}

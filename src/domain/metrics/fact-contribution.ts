import type { Fact } from '../records/record.ts';
import { type Attributed, type Attribution, attributedAt } from './attribution.ts';
import { type FollowersOf, followersWithin } from './followers.ts';
import type { CaseMetric, CustomerMetric, EventMetric, Metric, Moment, StockMetric } from './metric.ts';

/** A metric that is computed from facts by their dates, as opposed to from customers. */
export type FactMetric = Exclude<Metric, CustomerMetric>;

/** Whether a metric is computed from facts by their dates. */
export const isFactMetric = (metric: Metric): metric is FactMetric =>
  metric.kind !== 'population' || metric.of === 'stock';

/** The attributions whose day buckets hold contributions to a metric; none for metrics of customers. */
export function attributionsOfMetric(metric: Metric): readonly Attribution[] {
  if (!isFactMetric(metric)) return [];
  return metric.kind === 'population' ? metric.attributions : [metric.attribution];
}

/** What is known when facts are prepared. */
export interface Surroundings extends Moment {
  readonly followersOf: FollowersOf;
}

interface Counted {
  readonly fact: Fact;
  readonly at: Exclude<Attributed, null>;
  readonly by: Attribution;
}

type Prepare<M> = (metric: M, counted: Counted, surroundings: Surroundings) => unknown;

const prepareEvent: Prepare<EventMetric> = (metric, { fact }, moment) => metric.prepare(fact as never, moment);
const prepareStock: Prepare<StockMetric> = (metric, { fact, by }, moment) => metric.prepare(fact as never, moment, by);
/** What has no date is followed by nothing that could be dated after it: it is left out. */
const prepareCase: Prepare<CaseMetric> = (metric, { fact, at }, { followersOf, ...moment }) =>
  at === 'undated'
    ? null
    : metric.prepare(fact as never, followersWithin(metric, fact, at, followersOf, moment.asOf) as never, moment);

const prepares: { readonly [K in FactMetric['kind']]: Prepare<never> } = {
  event: prepareEvent,
  case: prepareCase,
  population: prepareStock,
};

/** What a fact, already rewound to `asOf`, adds to a metric when counted by one attribution; null where left out. */
export function contributionOf(metric: FactMetric, by: Attribution, fact: Fact, surroundings: Surroundings): unknown {
  const at = attributedAt(by, fact);
  if (at === null) return null;
  return prepares[metric.kind](metric as never, { fact, at, by }, surroundings);
}

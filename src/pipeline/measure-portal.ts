import { type Attribution, attributions } from '../domain/metrics/attribution.ts';
import { catalogue, figureKey } from '../domain/metrics/catalogue.ts';
import { type DayContributions, presentDays } from '../domain/metrics/day-buckets.ts';
import { daysOf } from '../domain/metrics/day-range.ts';
import { attributionsOfMetric, isFactMetric } from '../domain/metrics/fact-contribution.ts';
import { type Figures, measureCustomers, refusalOf } from '../domain/metrics/measure.ts';
import { type Measurement, notMeasured } from '../domain/metrics/measurement.ts';
import type { Metric, Moment, Window } from '../domain/metrics/metric.ts';
import type { Instant } from '../domain/records/record.ts';
import type { Zone } from '../domain/time/zone.ts';
import { notGiven, type Stale, staleness, unavailableKinds } from './availability.ts';
import { businessOf } from './business.ts';
import { contributionsAsOf } from './compute-metrics.ts';
import { type OfflineConnector, portalZone } from './connector.ts';
import { allCustomers, customerUnits } from './customers.ts';
import { dayFacts } from './day-facts.ts';
import type { DayRange, Store } from './ports.ts';

/** One figure of one metric over the whole portal, by its outside name. */
export interface PortalFigure {
  readonly metric: Metric;
  readonly key: string;
  readonly measurement: Measurement;
  /** Set where it rests on records that HubSpot no longer gives, as they were then. */
  readonly stale?: Stale;
}

/**
 * Every metric of the catalogue over one window. As of the moment the kept contributions stand for they are combined;
 * for any other moment the days are computed from their facts, as they stood then.
 */
export async function measurePortal(
  connector: OfflineConnector,
  { window, asOf }: { readonly window: Window; readonly asOf: Instant },
): Promise<PortalFigure[]> {
  const { store, config } = connector;
  const zone = await portalZone(store);
  const unavailable = await unavailableKinds(store);
  const kept = (await store.readState<Instant>(contributionsAsOf)) === asOf;
  const business = businessOf(config, zone);
  const days = kept ? keptDays(connector) : computedDays(connector, { asOf, business });
  const units = customerUnits(await allCustomers(store));
  const mapped = { endOfRelationship: config.customer.until.length > 0, businessHours: business !== undefined };
  const scope = { window, asOf, dayOf: zone.dayOf, mapped };

  const figures: PortalFigure[] = [];
  for (const metric of catalogue) {
    const reason = notGiven(unavailable, metric.reads) ?? (await nothingToFollow(store, metric));
    const stale = staleness(unavailable, metric.reads);
    const measured: Figures = isFactMetric(metric)
      ? (refusalOf(metric, mapped) ?? presentDays(metric, await daysRead(metric, window, zone, days)))
      : measureCustomers(metric, units, scope);
    for (const [figure, measurement] of Object.entries(measured))
      figures.push({
        metric,
        key: figureKey(metric, figure),
        measurement: reason ? notMeasured(reason) : measurement,
        ...(stale && !reason && { stale }),
      });
  }
  return figures;
}

/** A portal without a single follow-up cannot tell "nobody" from "nobody was asked". */
async function nothingToFollow(store: Store, metric: Metric): Promise<string | undefined> {
  if (metric.kind !== 'case') return undefined;
  const { attribution } = metric.follows as { attribution: Attribution };
  const days = await store.daysWithFacts(attribution, { from: null, to: null, undated: true });
  return days.length === 0 ? `the portal has no ${attributions[attribution].kind}` : undefined;
}

type ReadDays = (attribution: Attribution, range: DayRange) => Promise<readonly DayContributions[]>;

const keptDays =
  ({ store }: OfflineConnector): ReadDays =>
  (attribution, range) =>
    store.contributions(attribution, range);

function computedDays({ store }: OfflineConnector, moment: Moment): ReadDays {
  const facts = dayFacts(store, moment);
  const computed = new Map<string, DayContributions>();
  return async (attribution, range) => {
    const contributions: DayContributions[] = [];
    for (const day of await store.daysWithFacts(attribution, range)) {
      const name = `${attribution} ${day}`;
      const known = computed.get(name) ?? (await facts.contributions({ attribution, day }));
      computed.set(name, known);
      contributions.push(known);
    }
    return contributions;
  };
}

async function daysRead(metric: Metric, window: Window, zone: Zone, read: ReadDays): Promise<DayContributions[]> {
  const found: DayContributions[] = [];
  for (const attribution of attributionsOfMetric(metric))
    found.push(...(await read(attribution, daysOf(metric, window, zone.dayOf))));
  return found;
}

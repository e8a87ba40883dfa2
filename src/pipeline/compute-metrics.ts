import { type Attribution, attributions } from '../domain/metrics/attribution.ts';
import { catalogue } from '../domain/metrics/catalogue.ts';
import { maturingDays } from '../domain/metrics/day-buckets.ts';
import type { Instant } from '../domain/records/record.ts';
import { addDays, type Zone } from '../domain/time/zone.ts';
import { businessOf } from './business.ts';
import { type Deadline, type OfflineConnector, portalZone } from './connector.ts';
import { dayFacts } from './day-facts.ts';
import type { DayBucket, Mark } from './ports.ts';

/** The moment the kept contributions stand for. */
export const contributionsAsOf = 'contributions as of';

/** The moment up to which days were marked because time passed; ahead of the one above until all are computed. */
const daysMarkedAsOf = 'days marked as of';

/** The metrics of which every day has been computed, or marked, and in which hours: what is new counts for the past too. */
const metricsComputed = 'metrics computed';

/** Days computed side by side: the store answers one while another is being added up. */
const daysAtOnce = 8;

export interface ComputeReport {
  readonly done: boolean;
  /** Day buckets whose contributions were computed again. */
  readonly buckets: number;
}

/**
 * Computes again what each changed day contributes, and the days young enough to change with time alone. A mark is
 * cleared only after its day's contributions are saved, and only if nobody marked the day again meanwhile.
 */
export async function computeMetrics(
  connector: OfflineConnector,
  { asOf = connector.clock.now(), deadline = Number.POSITIVE_INFINITY }: Deadline & { readonly asOf?: Instant } = {},
): Promise<ComputeReport> {
  const { store, clock } = connector;
  const zone = await portalZone(store);
  await markMaturing(connector, zone, asOf);

  const marks = await store.dirtyDays();
  const days = dayFacts(store, { asOf, business: businessOf(connector.config, zone) });
  let buckets = 0;
  const refresh = async (mark: Mark<DayBucket>): Promise<void> => {
    await store.saveContributions(mark.target, await days.contributions(mark.target));
    await store.clearDay(mark);
  };
  for (let at = 0; at < marks.length; at += daysAtOnce) {
    if (clock.now() >= deadline) return { done: false, buckets };
    const batch = marks.slice(at, at + daysAtOnce);
    await Promise.all(batch.map(refresh));
    buckets += batch.length;
    connector.onProgress?.({ step: 'compute metrics', done: buckets, total: marks.length });
  }
  await store.saveState(contributionsAsOf, asOf);
  return { done: true, buckets };
}

/**
 * Cases mature, and what lies in the future at one moment has happened at the next. Marked once per moment: a step that
 * is cut off again and again would otherwise begin again and again.
 */
async function markMaturing({ store, config }: OfflineConnector, zone: Zone, asOf: Instant): Promise<void> {
  const last = await store.readState<Instant>(daysMarkedAsOf);
  const metrics = [...catalogue.map(({ id }) => id), JSON.stringify(config.businessHours ?? null)].join(' ');
  const isNewCatalogue = (await store.readState<string>(metricsComputed)) !== metrics;
  if (last === asOf && !isNewCatalogue) return;
  const isAnew = isNewCatalogue || last === null || last > asOf;
  const from = isAnew ? null : addDays(zone.dayOf(last), -maturingDays - 1);
  // What bears no date does not age; a new metric has to see it all the same.
  const range = { from, to: null, undated: isNewCatalogue };
  const stale: DayBucket[] = [];
  for (const attribution of Object.keys(attributions) as Attribution[])
    for (const day of await store.daysWithFacts(attribution, range)) stale.push({ attribution, day });
  await store.markDays(stale);
  await store.saveState(daysMarkedAsOf, asOf);
  await store.saveState(metricsComputed, metrics);
}

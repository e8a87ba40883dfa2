import type { ReportedDrift, ReportedKindDrift, ReportedSync, Staleness } from '#contract/report.ts';
import type { RecordKind } from '#domain/records/record.ts';
import { type Unavailable, type UnavailableKinds, unavailableKinds } from '#pipeline/availability.ts';
import type { Store } from '#pipeline/ports.ts';
import { type Drift, lastDrift } from '#pipeline/reconciling/drift.ts';
import { objectNames } from './object-names.ts';

/** How far the store holds what HubSpot holds, as reports show it. */
export async function reportedSync(store: Store): Promise<ReportedSync> {
  const drift = await lastDrift(store);
  const deadLetters = (await Array.fromAsync(store.deadLetters())).length;
  return {
    stale: staleKinds(await unavailableKinds(store)),
    quarantined: (await Array.fromAsync(store.quarantined())).length,
    drift: drift && reportedDrift(drift),
    ...(deadLetters > 0 && { deadLetters }),
  };
}

const staleKinds = (unavailable: UnavailableKinds): ReportedSync['stale'] =>
  byObjectName(
    Object.entries(unavailable).flatMap(([kind, each]) => (each.kept ? [[kind, reportedStaleness(each)]] : [])),
  );

/** In ISO 8601 instead of milliseconds. */
export const reportedStaleness = ({ since, because }: Pick<Unavailable, 'since' | 'because'>): Staleness => ({
  since: new Date(since).toISOString(),
  because,
});

/** The findings of a reconciliation, as reports show them. */
export const reportedDrift = ({ began, mode, kinds, skipped, calls }: Drift): ReportedDrift => ({
  at: new Date(began).toISOString(),
  mode,
  kinds: byObjectName<ReportedKindDrift>(Object.entries(kinds)),
  skipped: byObjectName(Object.entries(skipped)),
  calls,
});

const byObjectName = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries.map(([kind, value]) => [objectNames[kind as RecordKind], value]));

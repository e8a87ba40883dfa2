import { type RecordKind, recordKinds } from '../domain/records/record.ts';
import { type OfflineConnector, portalZone } from './connector.ts';
import type { Departure } from './ports.ts';
import { finishCommit } from './sync/commit-records.ts';
import { depart } from './sync/settle.ts';

export interface Replayed {
  /** Departures that were replayed. */
  readonly replayed: number;
  /** Of those: records that were kept as if they had never departed, by kind. */
  readonly live: Readonly<Partial<Record<RecordKind, number>>>;
}

const batchSize = 100;

/**
 * Has records depart again that a restored backup brought back: through the one way out, so that everything beside them goes
 * too. Can be done any number of times; calls nobody. @throws ConfigurationError before the first pull.
 */
export async function replayDepartures(
  connector: Pick<OfflineConnector, 'store' | 'clock' | 'onProgress'>,
  departures: readonly Departure[],
): Promise<Replayed> {
  const { store, clock } = connector;
  const zone = await portalZone(store);
  const live: Partial<Record<RecordKind, number>> = {};
  for (const kind of recordKinds) {
    const ofKind = departures.filter((each) => each.kind === kind);
    if (ofKind.length > 0) await finishCommit({ store, clock, zone }, kind);
    for (let from = 0; from < ofKind.length; from += batchSize) {
      const batch = ofKind.slice(from, from + batchSize);
      const { size } = await store.readRecords(
        kind,
        batch.map(({ id }) => id),
      );
      if (size > 0) live[kind] = (live[kind] ?? 0) + size;
      await depart({ store, clock, zone }, kind, batch);
      connector.onProgress?.({ step: `replay ${kind}`, done: from + batch.length, total: ofKind.length });
    }
  }
  return { replayed: departures.length, live };
}

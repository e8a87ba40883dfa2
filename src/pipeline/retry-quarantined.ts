import { type RecordId, type RecordKind, recordKinds } from '../domain/records/record.ts';
import { zoneOf } from '../domain/time/zone.ts';
import { bindAccount, type Connector } from './connector.ts';
import { applyRecords } from './sync/apply-records.ts';
import { finishCommit } from './sync/commit-records.ts';
import { holdUnreadable, release } from './sync/quarantine.ts';
import { isRefused } from './sync/refused.ts';
import { archived, depart } from './sync/settle.ts';
import type { Syncing } from './sync/syncing.ts';

/** What became of one record that was in quarantine. */
export interface Retried {
  readonly kind: RecordKind;
  readonly id: RecordId;
  /**
   * `read`: it counts again. `unreadable`: still, for the reason given. `gone`: HubSpot does not have it. `refused`: HubSpot
   * does not give the kind now. `let go`: nothing was known of it, not even an id; it is held again when it shows up.
   */
  readonly outcome: 'read' | 'unreadable' | 'gone' | 'refused' | 'let go';
  readonly because: string | null;
}

/**
 * Reads every record in quarantine again, as HubSpot's own table has it now, and lets those that can be read in by the one
 * way in. @throws ConfigurationError for another portal's token; HubSpotBusyError when HubSpot stays unavailable.
 */
export async function retryQuarantined(connector: Connector): Promise<Retried[]> {
  const { timeZone } = await bindAccount(connector);
  const syncing: Syncing = { ...connector, zone: zoneOf(timeZone), deadline: Number.POSITIVE_INFINITY };
  const retried: Retried[] = [];
  for (const kind of recordKinds) {
    const held = await Array.fromAsync(syncing.store.quarantined(kind), ({ id }) => id);
    if (held.length === 0) continue;
    await finishCommit(syncing, kind);
    const ids = held.filter((id) => /^\d+$/.test(id));
    retried.push(...(await letGo(syncing, kind, held)), ...(await retryKind(syncing, kind, ids)));
  }
  return retried;
}

/** Rows without a readable id cannot be asked for. */
async function letGo({ store }: Syncing, kind: RecordKind, held: readonly RecordId[]): Promise<Retried[]> {
  const nameless = held.filter((id) => !/^\d+$/.test(id));
  await store.releaseFromQuarantine(kind, nameless);
  return nameless.map((id) => ({ kind, id, outcome: 'let go', because: null }));
}

async function retryKind(syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<Retried[]> {
  const retried: Retried[] = [];
  const { linksPerCall } = syncing.crm;
  try {
    for (let from = 0; from < ids.length; from += linksPerCall)
      retried.push(...(await retryBatch(syncing, kind, ids.slice(from, from + linksPerCall))));
    return retried;
  } catch (error) {
    if (!isRefused(error, [403])) throw error;
    const because = `${error.message} ${error.remedy}`;
    return [...retried, ...ids.slice(retried.length).map((id): Retried => ({ kind, id, outcome: 'refused', because }))];
  }
}

async function retryBatch(syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<Retried[]> {
  const { crm, store, clock } = syncing;
  const lookedAt = clock.now();
  const { records, unreadable } = await crm.recordsOf(kind, ids);
  await holdUnreadable(syncing, unreadable);
  await applyRecords(syncing, records, { relink: true, refile: true });
  await release(syncing, kind, records);

  const there = new Set([...records, ...unreadable].map(({ id }) => id));
  const gone = ids.filter((id) => !there.has(id));
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, gone, lookedAt));
  const reasons = new Map(await Array.fromAsync(store.quarantined(kind), ({ id, because }) => [id, because] as const));
  return ids.map((id): Retried => {
    const because = reasons.get(id) ?? null;
    return { kind, id, because, outcome: because !== null ? 'unreadable' : there.has(id) ? 'read' : 'gone' };
  });
}

import { ConfigurationError, HubSpotRefusedError } from '#platform/errors.ts';
import { type CxRecord, type RecordId, type RecordKind, recordKinds } from '../domain/records/record.ts';
import { type Zone, zoneOf } from '../domain/time/zone.ts';
import { applyRecords } from './apply-records.ts';
import { finishCommit } from './commit-records.ts';
import { bindAccount, type Connector, type Deadline } from './connector.ts';
import type { ModifiedWindow, RecordPage } from './ports.ts';

/** HubSpot's search shows new rows "after a few moments"; up to 30 s are reported. What is younger is left for later. */
export const safetyLag = 30_000;
/** Each window reads this much of the one before again, for rows the index showed late. */
export const overlap = 5 * 60_000;
/** Records applied at a time: as many as one call reads associations for. Also what a crash makes us read again. */
const chunkSize = 1000;

/** Where one kind stands. `after` is the last id applied in the phase under way; null at its beginning. */
interface SyncProgress {
  readonly phase: 'backfill' | 'incremental';
  readonly after: RecordId | null;
  /** Backfill: everything modified later than this is left to the first incremental window. */
  readonly watermark: number;
  /** The end of the incremental window under way. */
  readonly windowEnd: number | null;
  /** How the kind was read, see `Crm.reading`. */
  readonly reading: string;
}

/** What one kind's pull came to. */
export interface PulledKind {
  readonly seen: number;
  readonly changed: number;
  readonly outputsOnly: number;
  readonly unchanged: number;
  /** Why HubSpot does not give this kind (a missing scope or tier); null when it does. */
  readonly unavailable: string | null;
}

export interface PullReport {
  readonly done: boolean;
  readonly kinds: Readonly<Partial<Record<RecordKind, PulledKind>>>;
}

const stateName = (kind: RecordKind): string => `sync#${kind}`;

/**
 * Brings the store up to what HubSpot's search shows `safetyLag` ago: a backfill the first time, then closed windows of
 * modified dates, both by keyset on the record id and resumable after every chunk.
 * @throws ConfigurationError for another portal's token or for properties it lacks; HubSpotBusyError when HubSpot stays unavailable.
 */
export async function pullChanges(connector: Connector, { deadline }: Deadline = {}): Promise<PullReport> {
  const { timeZone } = await bindAccount(connector);
  const zone = zoneOf(timeZone);
  await refuseUndefinedProperties(connector);
  const kinds: Partial<Record<RecordKind, PulledKind>> = {};
  for (const kind of recordKinds) {
    const { finished, ...pulled } = await pullKind(connector, zone, kind, deadline ?? Number.POSITIVE_INFINITY);
    kinds[kind] = pulled;
    if (!finished) return { done: false, kinds };
  }
  await rememberUnavailable(connector, unavailableKinds(kinds));
  return { done: true, kinds };
}

/** The state document of the kinds HubSpot does not give: by kind, the reason in words. */
export const unavailableState = 'unavailable';

/** When a kind is given again, links to it are unknown everywhere: all kinds are read once more. */
async function rememberUnavailable({ store }: Connector, now: Readonly<Record<string, string>>): Promise<void> {
  const before = (await store.readState<Record<string, string>>(unavailableState)) ?? {};
  if (Object.keys(before).some((kind) => now[kind] === undefined))
    for (const kind of recordKinds) await store.saveState(stateName(kind), null);
  await store.saveState(unavailableState, now);
}

/**
 * HubSpot leaves unknown names out of its answers without a word. Asked whenever records are about to be read in a new way.
 * @throws ConfigurationError that names every property of the configuration the portal does not have.
 */
async function refuseUndefinedProperties({ crm, store }: Connector): Promise<void> {
  const known = await Promise.all(recordKinds.map((kind) => store.readState<SyncProgress>(stateName(kind))));
  if (recordKinds.every((kind, at) => known[at]?.reading === crm.reading(kind))) return;
  const undefinedOnes = await crm.undefinedProperties();
  if (undefinedOnes.length > 0)
    throw new ConfigurationError(
      `The configuration names properties this portal does not have: ${undefinedOnes.join(', ')}.`,
      'Correct the names in connector.config.ts (internal names, as in Settings > Properties), or create the properties.',
    );
}

const unavailableKinds = (kinds: PullReport['kinds']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, { unavailable }]) => (unavailable === null ? [] : [[kind, unavailable]])),
  );

async function pullKind(connector: Connector, zone: Zone, kind: RecordKind, deadline: number) {
  const { store, clock, crm } = connector;
  const total = { seen: 0, changed: 0, outputsOnly: 0, unchanged: 0 };
  await finishCommit(store, zone, kind);
  let progress = await begin(connector, kind);
  try {
    for (let last = false; !last; ) {
      if (clock.now() >= deadline) return { finished: false, ...total, unavailable: null };
      const chunk = await readChunk(connector, kind, progress);
      const relink = progress.phase === 'backfill';
      const applied = await applyRecords(store, zone, chunk.records, crm, { relink });
      total.seen += chunk.records.length;
      total.changed += applied.changed;
      total.outputsOnly += applied.outputsOnly;
      total.unchanged += applied.unchanged;
      last = chunk.next === null;
      progress = last ? finish(progress) : { ...progress, after: chunk.next };
      await store.saveState(stateName(kind), progress);
      connector.onProgress?.({ step: `pull ${kind}`, done: total.seen, total: total.seen + chunk.remaining });
    }
  } catch (error) {
    if (!(error instanceof HubSpotRefusedError && error.status === 403)) throw error;
    return { finished: true, ...total, unavailable: `${error.message} ${error.remedy}` };
  }
  return { finished: true, ...total, unavailable: null };
}

async function begin({ store, clock, crm }: Connector, kind: RecordKind): Promise<SyncProgress> {
  const known = await store.readState<SyncProgress>(stateName(kind));
  const progress = begun(known, clock.now() - safetyLag, crm.reading(kind));
  if (progress !== known) await store.saveState(stateName(kind), progress);
  return progress;
}

/** What is under way goes on; else the next window begins, or a backfill where records were never read this way. */
function begun(known: SyncProgress | null, shown: number, reading: string): SyncProgress {
  if (known?.reading !== reading) return { phase: 'backfill', after: null, watermark: shown, windowEnd: null, reading };
  if (known.phase === 'backfill' || known.windowEnd !== null) return known;
  return { ...known, windowEnd: Math.max(known.watermark, shown) };
}

/** A finished backfill leaves its start as watermark; a finished window its end. */
const finish = (progress: SyncProgress): SyncProgress => ({
  ...progress,
  phase: 'incremental',
  after: null,
  watermark: progress.windowEnd ?? progress.watermark,
  windowEnd: null,
});

const windowOf = ({ phase, watermark, windowEnd }: SyncProgress): ModifiedWindow | undefined =>
  phase === 'backfill' || windowEnd === null ? undefined : { from: watermark - overlap, to: windowEnd };

async function readChunk({ crm }: Connector, kind: RecordKind, progress: SyncProgress): Promise<RecordPage> {
  const records: CxRecord[] = [];
  let next: RecordId | null = progress.after;
  let remaining = 0;
  do {
    const page = await crm.recordsAfter(kind, next, windowOf(progress));
    records.push(...page.records);
    next = page.next;
    remaining = page.remaining;
  } while (next !== null && records.length < chunkSize);
  return { records, next, remaining };
}

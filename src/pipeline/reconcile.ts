import { type Instant, type RecordKind, recordKinds } from '../domain/records/record.ts';
import { zoneOf } from '../domain/time/zone.ts';
import { bindAccount, type Connector, type Deadline } from './connector.ts';
import type { CallCount } from './ports.ts';
import { type Drift, type KindDrift, saveDrift } from './reconciling/drift.ts';
import { beginFull, compareAll, type FullProgress } from './reconciling/full-kind.ts';
import { sampleKind } from './reconciling/sample-kind.ts';
import { finishCommit } from './sync/commit-records.ts';
import type { SyncProgress } from './sync/progress.ts';
import { progressName } from './sync/pull-kind.ts';
import { isRefused } from './sync/refused.ts';
import { isOver, overlap, type Syncing } from './sync/syncing.ts';

export interface ReconcileOptions extends Deadline {
  /** Compare every record, for one list call in a hundred of them. */
  readonly full?: boolean;
  /** Otherwise: how many records of each kind to draw, ours and HubSpot's. */
  readonly sample?: number;
  /** Which ones are drawn; by default another set each time. */
  readonly seed?: number;
}

export interface ReconcileReport extends Drift {
  readonly done: boolean;
}

/** What a reconciliation that was cut off has done so far. */
interface UnderWay extends Drift {
  readonly seed: number;
  readonly size: number;
  readonly full: FullProgress | null;
}

const stateName = 'reconciliation under way';
const usualSample = 300;
/** What was compared longer ago than this says nothing about the rest. */
const longestMs = 24 * 3_600_000;

/**
 * Compares what is stored with HubSpot's own table, counts, fields and links, has what differs go through the one way in
 * or out, and keeps what it found. Only what the next pull does not read anyway is compared. Resumable: `done` is false
 * when the deadline came first. No pull may run at the same time: only one process commits records.
 * @throws ConfigurationError for another portal's token; HubSpotBusyError when HubSpot stays unavailable.
 */
export async function reconcile(
  connector: Connector,
  { deadline = Number.POSITIVE_INFINITY, full = false, sample = usualSample, seed }: ReconcileOptions = {},
): Promise<ReconcileReport> {
  const { timeZone } = await bindAccount(connector);
  const syncing: Syncing = { ...connector, zone: zoneOf(timeZone), deadline };
  let underWay = await begin(syncing, { mode: full ? 'full' : 'sample', size: sample, seed });

  for (const kind of recordKinds) {
    if (underWay.kinds[kind] || underWay.skipped[kind] !== undefined) continue;
    if (isOver(syncing)) return reported(underWay, false);
    const calls = callsOf(syncing);
    const outcome = await compareKind(syncing, kind, underWay);
    underWay = { ...underWay, ...outcome, calls: underWay.calls + calls() };
    await syncing.store.saveState(stateName, underWay);
    if (underWay.full) return reported(underWay, false);
  }
  await saveDrift(syncing.store, driftOf(underWay));
  await syncing.store.saveState(stateName, null);
  return reported(underWay, true);
}

const driftOf = ({ began, mode, kinds, skipped, calls }: UnderWay): Drift => ({ began, mode, kinds, skipped, calls });
const reported = (underWay: UnderWay, done: boolean): ReconcileReport => ({ done, ...driftOf(underWay) });

interface Wanted {
  readonly mode: Drift['mode'];
  readonly size: number;
  readonly seed: number | undefined;
}

async function begin({ store, clock }: Syncing, { mode, size, seed }: Wanted): Promise<UnderWay> {
  const known = await store.readState<UnderWay>(stateName);
  const now = clock.now();
  const goesOn = known && known.mode === mode && known.size === size && now < known.began + longestMs;
  if (goesOn && (seed === undefined || seed === known.seed)) return known;
  return { began: now, mode, size, seed: seed ?? now, kinds: {}, skipped: {}, calls: 0, full: null };
}

type Outcome = Pick<UnderWay, 'kinds' | 'skipped' | 'full'>;

/** Compares one kind, or says why not. */
async function compareKind(syncing: Syncing, kind: RecordKind, underWay: UnderWay): Promise<Outcome> {
  const { kinds, skipped } = underWay;
  const before = await comparableUpTo(syncing, kind);
  if (before === null)
    return { kinds, full: null, skipped: { ...skipped, [kind]: 'it was never read to its end yet' } };
  try {
    await finishCommit(syncing, kind);
    const found = await comparing[underWay.mode](syncing, kind, underWay, before);
    return {
      skipped,
      ...('after' in found ? { kinds, full: found } : { kinds: { ...kinds, [kind]: found }, full: null }),
    };
  } catch (error) {
    if (!isRefused(error, [403])) throw error;
    return { kinds, full: null, skipped: { ...skipped, [kind]: `${error.message} ${error.remedy}` } };
  }
}

/** What the next window reads again, or reads for the first time, is left to it. Null where a backfill is under way. */
async function comparableUpTo({ store }: Syncing, kind: RecordKind): Promise<Instant | null> {
  const progress = await store.readState<SyncProgress>(progressName(kind));
  return progress?.phase === 'incremental' ? progress.watermark - overlap : null;
}

type Compare = (
  syncing: Syncing,
  kind: RecordKind,
  underWay: UnderWay,
  before: Instant,
) => Promise<KindDrift | FullProgress>;

const comparing: Readonly<Record<Drift['mode'], Compare>> = {
  sample: (syncing, kind, { size, seed }, before) => sampleKind(syncing, kind, { size, seed, before }),
  full: async (syncing, kind, underWay, before) => {
    let progress = underWay.full ?? (await beginFull(syncing, kind));
    const save = async (full: FullProgress): Promise<void> => {
      progress = full;
      await syncing.store.saveState(stateName, { ...underWay, full });
    };
    return (await compareAll(syncing, kind, progress, { before, save })) ?? progress;
  },
};

/** Counts the calls from now on. */
function callsOf({ crm }: Syncing): () => number {
  const before: CallCount = crm.calls();
  return () => crm.calls().total - before.total;
}

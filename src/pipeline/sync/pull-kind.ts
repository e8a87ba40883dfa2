import type { HubSpotBusyError } from '#platform/errors.ts';
import type { RecordKind } from '../../domain/records/record.ts';
import type { RecordsRead, Store } from '../ports.ts';
import { type Applied, applyRecords } from './apply-records.ts';
import { backfillGaps } from './backfill-gaps.ts';
import { backfillMode, lanesOf } from './backfill-mode.ts';
import { finishCommit } from './commit-records.ts';
import { begun, begunAnew, finished, gapsOf, readFurther, type SyncProgress, windowOf } from './progress.ts';
import { untilPutOff } from './put-off.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { readChunk } from './read-chunk.ts';
import type { Lanes } from './read-gaps.ts';
import { isOver, type Syncing, unhurried } from './syncing.ts';

/** What one kind's pull came to. */
export interface PulledKind {
  readonly seen: number;
  readonly changed: number;
  readonly outputsOnly: number;
  readonly unchanged: number;
  /** Rows that could not be read; `Store.quarantined` says which and why. */
  readonly unreadable: number;
}

/** A kind's pull, and how it ended. */
export interface KindPull {
  readonly pulled: PulledKind;
  /** False where time ran out, or where it was put off. */
  readonly complete: boolean;
  /** Why the kind's backfill has to wait while other work goes on; null where it does not. */
  readonly putOff: HubSpotBusyError | null;
}

/** The state document of where a kind stands. */
export const progressName = (kind: RecordKind): string => `sync#${kind}`;

/** Has the next pull read a kind from its beginning. */
export async function readAnew(store: Store, kind: RecordKind): Promise<void> {
  const known = await store.readState<SyncProgress>(progressName(kind));
  if (known) await store.saveState(progressName(kind), begunAnew(known));
}

/**
 * Brings one kind up to what HubSpot's search shows `safetyLag` ago: a backfill the first time, then closed windows of
 * modified dates, by keyset on the record id. It moves on only once records and their links are stored. A backfill may go
 * on in several lanes, and is put off where its calls have no allowance left; with `putOff` it is not even begun. What an
 * earlier pull had begun is followed by a window of this one's own.
 */
export async function pullKind(
  syncing: Syncing,
  kind: RecordKind,
  putOff: HubSpotBusyError | null = null,
): Promise<KindPull> {
  await finishCommit(syncing, kind);
  const { progress, wasUnderWay } = await begin(syncing, kind);
  const inBackfill = progress.phase === 'backfill';
  const pace = inBackfill ? unhurried(syncing) : syncing;
  const { pulled, add } = tally(pace, kind);
  if (inBackfill && putOff) return { complete: false, pulled, putOff };
  let complete = false;
  const pull = async (): Promise<void> => {
    complete = await pullOn(pace, kind, progress, add);
  };
  let reason: HubSpotBusyError | null = null;
  if (inBackfill) reason = await untilPutOff(syncing, pull);
  else await pull();
  if (complete && wasUnderWay) complete = await pullOn(syncing, kind, (await begin(syncing, kind)).progress, add);
  return { complete, pulled, putOff: reason };
}

/** Reads what is under way to its end; false where time ran out. */
async function pullOn(syncing: Syncing, kind: RecordKind, begun: SyncProgress, add: Add): Promise<boolean> {
  let progress = begun;
  for (let last = false; !last; ) {
    if (isOver(syncing)) return false;
    const lanes = lanesFor(syncing, kind, progress);
    if (lanes) return pullInLanes(syncing, kind, { progress, lanes, add });
    const chunk = await readChunk(syncing.crm, kind, progress.after, windowOf(progress));
    await holdUnreadable(syncing, chunk.unreadable);
    const applied = await applyRecords(syncing, chunk.records, { relink: progress.phase === 'backfill' });
    await release(syncing, kind, chunk.records);
    last = chunk.next === null;
    const { remaining: left } = chunk;
    progress = last ? finished(progress) : { ...readFurther(progress, { ...chunk, left }), after: chunk.next };
    await syncing.store.saveState(progressName(kind), progress);
    add(chunk, applied, left);
  }
  return true;
}

type Add = (read: RecordsRead, applied: Applied, left: number | null) => void;

/** Goes on with a backfill in lanes, whichever way it went so far. */
async function pullInLanes(
  syncing: Syncing,
  kind: RecordKind,
  { progress: begun, lanes, add }: { readonly progress: SyncProgress; readonly lanes: Lanes; readonly add: Add },
): Promise<boolean> {
  let progress = begun;
  const save = () => syncing.store.saveState(progressName(kind), progress);
  const start = { gaps: gapsOf(progress), lanes };
  const complete = await backfillGaps(syncing, kind, start, async (chunk, applied, gaps) => {
    progress = { ...readFurther(progress, chunk), gaps };
    await save();
    add(chunk, applied, chunk.left);
  });
  if (!complete) return false;
  progress = finished(progress);
  await save();
  return true;
}

/** The lanes to go on in; null where a backfill goes on by itself, and in windows. What was begun in lanes stays in lanes. */
function lanesFor(syncing: Syncing, kind: RecordKind, { phase, gaps, left = null }: SyncProgress): Lanes | null {
  if (phase !== 'backfill') return null;
  const mode = backfillMode(syncing, kind, left);
  return mode === 'frugal' && !gaps ? null : lanesOf[mode];
}

/** Adds up what a kind's pull comes to, and tells how far it is. */
function tally({ crm, onProgress }: Syncing, kind: RecordKind) {
  const pulled = { seen: 0, changed: 0, outputsOnly: 0, unchanged: 0, unreadable: 0 };
  const callsBefore = crm.calls().total;
  const add: Add = ({ records, unreadable }, applied, left) => {
    pulled.seen += records.length + unreadable.length;
    pulled.changed += applied.changed;
    pulled.outputsOnly += applied.outputsOnly;
    pulled.unchanged += applied.unchanged;
    pulled.unreadable += unreadable.length;
    const total = left === null ? null : pulled.seen + Math.round(left);
    onProgress?.({ step: `pull ${kind}`, done: pulled.seen, total, calls: crm.calls().total - callsBefore });
  };
  return { pulled, add };
}

async function begin({ store, clock, crm }: Syncing, kind: RecordKind) {
  const known = await store.readState<SyncProgress>(progressName(kind));
  const progress = begun(known, clock.now(), crm.reading(kind));
  const wasUnderWay = progress === known;
  // A backfill is noted before it begins: what it reads anew is asked about once. A window that ends at once needs no note.
  if (!wasUnderWay && progress.phase === 'backfill') await store.saveState(progressName(kind), progress);
  return { progress, wasUnderWay };
}

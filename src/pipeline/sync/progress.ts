import type { RecordId } from '../../domain/records/record.ts';
import type { ModifiedWindow, RecordsRead } from '../ports.ts';
import { allAfter, type Gaps } from './gaps.ts';
import { overlap, safetyLag } from './syncing.ts';

/** Where one kind stands. `after` is the last id applied in the phase under way; null at its beginning. */
export interface SyncProgress {
  readonly phase: 'backfill' | 'incremental';
  readonly after: RecordId | null;
  /** Backfill: everything modified later than this is left to the first incremental window. */
  readonly watermark: number;
  /** The end of the incremental window under way. */
  readonly windowEnd: number | null;
  /** How the kind was read, see `Crm.reading`. */
  readonly reading: string;
  /** Backfill: rows read so far. */
  readonly read?: number;
  /** Backfill: rows still to be read, an estimate; null where that is not known. */
  readonly left?: number | null;
  /** Backfill in several lanes: what is still to be read, in place of everything beyond `after`. */
  readonly gaps?: Gaps;
  /** The watermark when all of the kind had last been read, under whatever reading; null before that ever was. */
  readonly readTo: number | null;
}

/** What is under way goes on; else the next window begins, or a backfill where records were never read this way. */
export function begun(known: SyncProgress | null, now: number, reading: string): SyncProgress {
  const shown = now - safetyLag;
  const readTo = known?.readTo ?? null;
  if (known?.reading !== reading)
    return { phase: 'backfill', after: null, watermark: shown, windowEnd: null, reading, readTo };
  if (known.phase === 'backfill' || known.windowEnd !== null) return known;
  return { ...known, windowEnd: Math.max(known.watermark, shown) };
}

/** A finished backfill leaves its start as watermark; a finished window its end. */
export function finished({ read: _read, left: _left, gaps: _gaps, ...progress }: SyncProgress): SyncProgress {
  const watermark = progress.windowEnd ?? progress.watermark;
  return { ...progress, phase: 'incremental', after: null, watermark, windowEnd: null, readTo: watermark };
}

/** The same backfill so many rows later; nothing is counted in windows. */
export const readFurther = (
  progress: SyncProgress,
  read: RecordsRead & { readonly left: number | null },
): SyncProgress =>
  progress.phase !== 'backfill'
    ? progress
    : {
        ...progress,
        read: (progress.read ?? 0) + read.records.length + read.unreadable.length,
        left: read.left,
      };

/** What the next pull reads of a kind beside changes: nothing (null), what a backfill has left, or all. */
export function backfillLeft(known: SyncProgress | null, reading: string): number | 'all' | null {
  if (known?.reading !== reading) return 'all';
  if (known.phase !== 'backfill') return null;
  return typeof known.left === 'number' ? Math.round(known.left) : 'all';
}

/** What is still to be read of a backfill, whichever way it was read so far. */
export const gapsOf = ({ gaps, after, read = 0 }: SyncProgress): Gaps => gaps ?? allAfter(after, read);

/** The same kind, to be read again from its beginning: no reading is called ''. */
export const begunAnew = (progress: SyncProgress): SyncProgress => ({ ...progress, reading: '' });

/** The modified dates to ask for: none in a backfill, which reads everything. */
export const windowOf = ({ phase, watermark, windowEnd }: SyncProgress): ModifiedWindow | undefined =>
  phase === 'backfill' || windowEnd === null ? undefined : { from: watermark - overlap, to: windowEnd };

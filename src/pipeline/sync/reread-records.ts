import { compareIds, type RecordId, type RecordKind } from '../../domain/records/record.ts';
import { applyRecords } from './apply-records.ts';
import { isAffordable, spending } from './daily-share.ts';
import { heldIds, holdUnreadable, release } from './quarantine.ts';
import { readChunk } from './read-chunk.ts';
import { archived, depart } from './settle.ts';
import { isOver, type Syncing } from './syncing.ts';

/** Where the rolling re-read of one kind stands. */
interface RereadProgress {
  readonly began: number;
  /** The last id read in this round. */
  readonly after: RecordId | null;
  readonly read: number;
  /** Records in this round, as HubSpot counted them last. */
  readonly total: number;
  readonly finished: boolean;
}

/** What was read again. */
export interface Reread {
  readonly read: number;
  /** Different from what was stored, though no modified date said so. */
  readonly changed: number;
  /** No longer there. */
  readonly departed: number;
}

/** The state document of the rolling re-read of one kind. */
export const rereadName = (kind: RecordKind): string => `reread#${kind}`;
const hour = 3_600_000;

/**
 * Association-only changes, calculated properties and deletions move no modified date. So everything is read again in
 * the course of a day, links included, a little at a time, within its own share of HubSpot's daily allowance.
 */
export async function rereadRecords(syncing: Syncing, kind: RecordKind): Promise<Reread> {
  const { store, clock, config } = syncing;
  const period = config.sync.rereadEveryHours * hour;
  const total = { read: 0, changed: 0, departed: 0 };
  let progress = await begin(syncing, kind, period);
  const share = { purpose: 'reread', share: config.sync.rereadShareOfDay } as const;
  while (isDue(progress, clock.now(), period) && !isOver(syncing) && (await isAffordable(syncing, share))) {
    const from = progress.after;
    const { result } = await spending(syncing, share, () => rereadChunk(syncing, kind, from));
    const { after, ...found } = result;
    total.read += found.read;
    total.changed += found.changed;
    total.departed += found.departed;
    const read = progress.read + found.read;
    progress = { ...progress, after, read, total: read + found.remaining, finished: after === null };
    await store.saveState(rereadName(kind), progress);
  }
  return total;
}

/** The first round begins one period after the first pull, which read everything. */
async function begin({ store, clock }: Syncing, kind: RecordKind, period: number): Promise<RereadProgress> {
  const now = clock.now();
  const known = await store.readState<RereadProgress>(rereadName(kind));
  if (known && !(known.finished && now >= known.began + period)) return known;
  const round = { began: now, after: null, read: 0, total: known?.total ?? 0, finished: known === null };
  await store.saveState(rereadName(kind), round);
  return round;
}

/** A round keeps pace with the clock: half of it is read when half of the period has passed. */
const isDue = ({ began, read, total, finished }: RereadProgress, now: number, period: number): boolean =>
  !finished && read <= (total * (now - began)) / period;

async function rereadChunk(syncing: Syncing, kind: RecordKind, from: RecordId | null) {
  const { store, crm, clock } = syncing;
  const lookedAt = clock.now();
  const chunk = await readChunk(crm, kind, from);
  const shown = new Set([...chunk.records, ...chunk.unreadable].map(({ id }) => id));
  const range = { after: from, upTo: chunk.next };
  // Also those of which nothing is kept but that they could not be read: they may be gone by now.
  const kept = new Set([...(await store.recordIds(kind, range)), ...(await heldIds(syncing, kind, range))]);
  const allHidden = [...kept].filter((id) => !shown.has(id)).sort(compareIds);
  // Where more hide than one call of links takes, the chunk ends with them: the rest comes with the next one.
  const hidden = allHidden.slice(0, crm.linksPerCall);
  const cut = allHidden.length > hidden.length ? (hidden.at(-1) as RecordId) : null;
  const isWithin = ({ id }: { readonly id: RecordId }): boolean => cut === null || compareIds(id, cut) <= 0;
  // The search index is not the last word: HubSpot's own table is.
  const found = hidden.length > 0 ? await crm.recordsOf(kind, hidden) : { records: [], unreadable: [] };
  const unreadable = [...chunk.unreadable.filter(isWithin), ...found.unreadable];
  const present = new Set([...found.records, ...found.unreadable].map(({ id }) => id));
  const gone = hidden.filter((id) => !present.has(id));

  await holdUnreadable(syncing, unreadable);
  const records = [...chunk.records.filter(isWithin), ...found.records];
  const { changed } = await applyRecords(syncing, records, { relink: true });
  await release(syncing, kind, records);
  // Wherever it went, the bin says at its next look whether it is there; if not, it is gone for good.
  await depart(syncing, kind, archived(kind, gone, lookedAt));
  const after = cut ?? chunk.next;
  const remaining = (chunk.remaining ?? 0) + chunk.records.length + found.records.length - records.length;
  return { after, read: records.length + unreadable.length, remaining, changed, departed: gone.length };
}

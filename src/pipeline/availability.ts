import { type Instant, type RecordKind, recordKinds } from '../domain/records/record.ts';
import type { Store } from './ports.ts';
import type { SyncProgress } from './sync/progress.ts';
import { progressName, readAnew } from './sync/pull-kind.ts';
import { overlap } from './sync/syncing.ts';

/** A kind of records that HubSpot does not give: a scope or a tier is missing. */
export interface Unavailable {
  /** In words, with what to do about it. */
  readonly because: string;
  /** When that was first noticed. */
  readonly since: Instant;
  /** True where all its records were read before: they stay in use as they were then. */
  readonly kept: boolean;
}

export type UnavailableKinds = Readonly<Partial<Record<RecordKind, Unavailable>>>;

/** What figures suffer that rest on records as they were at some earlier time. */
export interface Stale {
  readonly kinds: readonly RecordKind[];
  readonly since: Instant;
  readonly because: string;
}

/** The state document of the kinds that are not given. */
export const unavailableState = 'unavailable';

/** The kinds that HubSpot did not give at the last pull. */
export const unavailableKinds = async (store: Store): Promise<UnavailableKinds> =>
  (await store.readState<UnavailableKinds>(unavailableState)) ?? {};

/** Why figures that read these kinds cannot be computed at all; null where they can. */
export const notGiven = (unavailable: UnavailableKinds, reads: readonly RecordKind[]): string | null =>
  lacking(unavailable, reads).find(([, { kept }]) => !kept)?.[1].because ?? null;

/** Since when, and why, figures that read these kinds rest on earlier records; null where all are up to date. */
export function staleness(unavailable: UnavailableKinds, reads: readonly RecordKind[]): Stale | null {
  const kept = lacking(unavailable, reads).filter(([, each]) => each.kept);
  if (kept.length === 0) return null;
  return {
    kinds: kept.map(([kind]) => kind),
    since: Math.min(...kept.map(([, { since }]) => since)),
    because: [...new Set(kept.map(([, { because }]) => because))].join(' '),
  };
}

const lacking = (unavailable: UnavailableKinds, reads: readonly RecordKind[]): [RecordKind, Unavailable][] =>
  recordKinds.flatMap((kind): [RecordKind, Unavailable][] => {
    const found = unavailable[kind];
    return found && reads.includes(kind) ? [[kind, found]] : [];
  });

/**
 * Keeps account of what a pull was refused, by kind and in words; since when stays what it was. When a kind is given again,
 * links to it are unknown or old everywhere: all kinds are read once more.
 */
export async function noteUnavailable(
  store: Store,
  refused: Readonly<Partial<Record<RecordKind, string>>>,
  now: Instant,
): Promise<void> {
  const before = await unavailableKinds(store);
  const noted: Partial<Record<RecordKind, Unavailable>> = {};
  for (const [kind, because] of Object.entries(refused) as [RecordKind, string][])
    noted[kind] = { ...(before[kind] ?? { since: now, kept: await wasReadWhole(store, kind) }), because };
  // What was known, and away for less than the windows overlap, missed nothing.
  const isBack = Object.entries(before).some(
    ([kind, { kept, since }]) => !noted[kind as RecordKind] && !(kept && now - since < overlap),
  );
  if (isBack) for (const kind of recordKinds) await readAnew(store, kind);
  await store.saveState(unavailableState, noted);
}

async function wasReadWhole(store: Store, kind: RecordKind): Promise<boolean> {
  const progress = await store.readState<SyncProgress>(progressName(kind));
  return (progress?.readTo ?? null) !== null;
}

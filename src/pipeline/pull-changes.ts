import { ConfigurationError, type HubSpotBusyError } from '#platform/errors.ts';
import { type RecordKind, recordKinds } from '../domain/records/record.ts';
import { zoneOf } from '../domain/time/zone.ts';
import { noteUnavailable, unavailableKinds } from './availability.ts';
import { bindAccount, type Connector, type Deadline } from './connector.ts';
import { noticeStages } from './sync/notice-stages.ts';
import type { SyncProgress } from './sync/progress.ts';
import { type KindPull, type PulledKind as Pulled, progressName, pullKind } from './sync/pull-kind.ts';
import { untilPutOff } from './sync/put-off.ts';
import { readDue } from './sync/read-due.ts';
import { type HistoriesRead, readHistories } from './sync/read-histories.ts';
import { refile } from './sync/refile.ts';
import { isRefused, orRefused } from './sync/refused.ts';
import { rereadRecords } from './sync/reread-records.ts';
import { withStatesAhead } from './sync/states-ahead.ts';
import { sweepArchived } from './sync/sweep-archived.ts';
import { isOver, type Syncing, unhurried } from './sync/syncing.ts';

/** What one kind's pull came to. */
export interface PulledKind extends Pulled {
  /** Why HubSpot does not give this kind (a missing scope or tier); null when it does. */
  readonly unavailable: string | null;
}

export interface PullReport {
  readonly done: boolean;
  /** Days that were looked through because the portal has another time zone now. */
  readonly refiled: number;
  readonly kinds: Readonly<Partial<Record<RecordKind, PulledKind>>>;
  /** What modified dates do not show, found by looking through the recycle bin and by reading everything again in turn. */
  readonly found: Found;
  /** Stage histories of tickets, which have calls of their own. */
  readonly history: HistoriesRead;
}

/** Records by what became of them unseen. */
export interface Found {
  readonly archived: number;
  readonly returned: number;
  readonly erased: number;
  /** Read again, and those of them that were different. */
  readonly reread: number;
  readonly corrected: number;
}

/**
 * Brings the store up to what HubSpot shows `safetyLag` ago: kind by kind what was modified, then what modified dates do
 * not show, as far as it is due. Resumable after every chunk. Where no calls are left for work that may wait, everything
 * else is done before that is thrown.
 * @throws ConfigurationError for another portal's token or for properties it lacks; HubSpotBusyError when HubSpot stays
 * unavailable, or has no calls left for work that may wait.
 */
export async function pullChanges(given: Connector, { deadline }: Deadline = {}): Promise<PullReport> {
  const connector = { ...given, store: await withStatesAhead(given.store) };
  const { timeZone } = await bindAccount(connector);
  await refuseUndefinedProperties(connector);
  const syncing: Syncing = { ...connector, zone: zoneOf(timeZone), deadline: deadline ?? Number.POSITIVE_INFINITY };
  const { done: isFiled, days: refiled } = await refile(syncing);
  if (!isFiled) return { done: false, refiled, kinds: {}, found: nothingFound, history: noHistories };
  const before = await unavailableKinds(connector.store);
  await noticeStages(syncing, new Set(Object.keys(before)));

  const kinds: Partial<Record<RecordKind, PulledKind>> = {};
  const found = { ...nothingFound };
  let putOff: HubSpotBusyError | null = null;
  for (const kind of recordKinds) {
    const { pulled, unavailable, ...ended } = await pullIfGiven(syncing, kind, putOff);
    // Of a kind that was not asked for nothing new is known.
    kinds[kind] = { ...pulled, unavailable: ended.putOff ? (before[kind]?.because ?? null) : unavailable };
    if (!ended.complete && !ended.putOff) return { done: false, refiled, kinds, found, history: noHistories };
    putOff ??= ended.putOff;
  }
  await noteUnavailable(connector.store, refusedKinds(kinds), connector.clock.now());

  const available = recordKinds.filter((kind) => kinds[kind]?.unavailable === null);
  const atLeisure = unhurried(syncing);
  let done = await readDue(syncing);
  const look = async (): Promise<void> => {
    for (const kind of available) {
      const swept = await orRefused([403], sweepArchived(atLeisure, kind), nothingSwept);
      const reread = await orRefused([403], rereadRecords(atLeisure, kind), nothingReread);
      done &&= swept.complete;
      found.archived += swept.archived + reread.departed;
      found.returned += swept.returned;
      found.erased += swept.erased;
      found.reread += reread.read;
      found.corrected += reread.changed;
    }
  };
  putOff ??= await untilPutOff(syncing, look);
  done = (await readDue(syncing)) && done;
  if (putOff) throw putOff;
  const { complete, ...history } = await orRefused([403], readHistories(atLeisure), { ...noHistories, complete: true });
  return { done: done && complete && !isOver(syncing), refiled, kinds, found, history };
}

/** What HubSpot refused, by kind, in words. */
const refusedKinds = (kinds: PullReport['kinds']): Partial<Record<RecordKind, string>> =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, { unavailable }]) => (unavailable === null ? [] : [[kind, unavailable]])),
  );

/**
 * HubSpot leaves unknown names out of its answers without a word. Asked whenever records are about to be read in a new way.
 * @throws ConfigurationError that names every property of the configuration the portal does not have.
 */
async function refuseUndefinedProperties({ crm, store }: Connector): Promise<void> {
  const known = await Promise.all(recordKinds.map((kind) => store.readState<SyncProgress>(progressName(kind))));
  if (recordKinds.every((kind, at) => known[at]?.reading === crm.reading(kind))) return;
  const undefinedOnes = await crm.undefinedProperties();
  if (undefinedOnes.length > 0)
    throw new ConfigurationError(
      `The configuration names properties this portal does not have: ${undefinedOnes.join(', ')}.`,
      'Correct the names in connector.config.ts (internal names, as in Settings > Properties), or create the properties.',
    );
}

const nothingPulled = { seen: 0, changed: 0, outputsOnly: 0, unchanged: 0, unreadable: 0 };

type IfGiven = KindPull & Pick<PulledKind, 'unavailable'>;

async function pullIfGiven(syncing: Syncing, kind: RecordKind, putOff: HubSpotBusyError | null): Promise<IfGiven> {
  try {
    return { ...(await pullKind(syncing, kind, putOff)), unavailable: null };
  } catch (error) {
    if (!isRefused(error, [403])) throw error;
    const unavailable = `${error.message} ${error.remedy}`;
    return { complete: true, pulled: nothingPulled, putOff: null, unavailable };
  }
}

const nothingFound = { archived: 0, returned: 0, erased: 0, reread: 0, corrected: 0 };
const noHistories = { read: 0, calls: 0 };
const nothingReread = { read: 0, changed: 0, departed: 0 };
const nothingSwept = { complete: true, archived: 0, returned: 0, erased: 0 };

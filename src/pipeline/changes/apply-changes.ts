import { StoreConflictError } from '#platform/errors.ts';
import type { Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Change } from '../ports.ts';
import type { Noted } from '../sync/due.ts';
import { isOwnWrite } from '../sync/echo.ts';
import { readJustNoted } from '../sync/read-due.ts';
import { depart, erased } from '../sync/settle.ts';
import { isOver, type Syncing } from '../sync/syncing.ts';
import { together } from '../sync/together.ts';
import { lookUp, takeIn } from './look-up.ts';
import { type ChangePlan, type Plans, planChanges } from './plan-changes.ts';
import { tell } from './tell.ts';

/** What a batch of changes came to. */
export interface ChangesApplied {
  /** Records whose values or links were told, read, or gone. */
  readonly told: number;
  readonly read: number;
  readonly departed: number;
  /** Changes that meant nothing to do, by why. */
  readonly idle: Readonly<Record<string, number>>;
}

type Tally = { told: number; read: number; departed: number; idle: Record<string, number> };

/**
 * Applies what webhooks told, by the same way in as the pull. Changes may be late, doubled and in any order: each is weighed
 * against what is kept of the same property or link. Values that suffice are put in place without asking HubSpot; the rest
 * is read, as many records as there are in one go, and all kinds side by side. Can be done again after a crash.
 * @throws HubSpotBusyError, StoreConflictError when it is to be tried again as a whole.
 */
export async function applyChanges(syncing: Syncing, changes: readonly Change[]): Promise<ChangesApplied> {
  const tally: Tally = { told: 0, read: 0, departed: 0, idle: {} };
  const news = distinct(changes).filter((change) => !isOwnWrite(change));
  const echoes = changes.length - news.length;
  if (echoes > 0) tally.idle['told twice, or written by us'] = echoes;
  let noted: Noted[] = [];
  const noting: Syncing = { ...syncing, onNoted: (each) => noted.push(each) };
  await together(
    [...Map.groupBy(news, ({ kind }) => kind)].map(([kind, ofKind]) => applyOfKind(noting, kind, ofKind, tally)),
  );
  // Who came back from the bin was noted, and so was whoever names somebody who left or came; reading may note others.
  for (let round = 1; round <= 2 && noted.length > 0 && !isOver(syncing); round++) {
    const these = noted;
    noted = [];
    await readJustNoted(noting, these);
  }
  return tally;
}

const attempts = 5;

/** Deliveries of the same event, once. */
const distinct = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [change.fingerprint, change])).values(),
];

async function applyOfKind(given: Syncing, kind: RecordKind, changes: readonly Change[], tally: Tally): Promise<void> {
  const byId = Map.groupBy(changes, ({ id }) => id);
  let ids: readonly RecordId[] = [...byId.keys()];
  for (let attempt = 1; ids.length > 0; attempt++) {
    if (attempt > attempts)
      throw new StoreConflictError('Records were stored by others each time.', 'Nothing to do: it is tried again.');
    const standings = await given.store.standings(kind, [...ids, ...ids.flatMap((id) => absorbedBy(byId.get(id)))]);
    const now = given.clock.now();
    const plans = new Map(
      ids.map((id) => {
        const known = { record: standings.records.get(id), departure: standings.departures.get(id) };
        return [id, planChanges(known, byId.get(id) ?? [], now)] as const;
      }),
    );
    for (const plan of plans.values())
      if (plan.do === 'nothing') tally.idle[plan.because] = (tally.idle[plan.because] ?? 0) + 1;
    const syncing = { ...given, since: sinceOf(plans, byId) };
    await eraseThose(syncing, kind, plans, tally);
    // What was told is put in place while HubSpot is asked for the rest.
    const [overtaken, found] = await together([
      tell(syncing, plans, standings, tally),
      lookUp(syncing, kind, plans, standings),
    ]);
    const overread = await takeIn(syncing, kind, { found, changes: byId, standings }, tally);
    // Somebody else stored them meanwhile: what they are told is weighed against that.
    ids = ids.filter((id) => overtaken.has(id) || overread.has(id));
  }
}

/** When the first of what is news of each record happened. */
function sinceOf(plans: Plans, changes: ReadonlyMap<RecordId, readonly Change[]>): ReadonlyMap<RecordId, Instant> {
  const moments = (id: RecordId, plan: ChangePlan): readonly Instant[] => {
    if (plan.do === 'nothing') return [];
    if (plan.do === 'tell') return [...Object.values(plan.news.told), ...Object.values(plan.news.linksTold)];
    return (changes.get(id) ?? []).map(({ at }) => at);
  };
  return new Map(
    [...plans].flatMap(([id, plan]) => {
      const all = moments(id, plan);
      return all.length > 0 ? [[id, Math.min(...all)] as const] : [];
    }),
  );
}

const absorbedBy = (changes: readonly Change[] = []): readonly RecordId[] =>
  changes.flatMap((change) => (change.what === 'absorbed' ? change.absorbed : []));

async function eraseThose(syncing: Syncing, kind: RecordKind, plans: Plans, tally: Tally): Promise<void> {
  const ids = [...plans].flatMap(([id, plan]) => (plan.do === 'erase' ? [id] : []));
  await depart(syncing, kind, erased(kind, ids, syncing.clock.now()));
  tally.departed += ids.length;
}

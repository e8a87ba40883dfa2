import type { CxRecord, Instant, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Change, Standings } from '../ports.ts';
import { applyOnce } from '../sync/apply-records.ts';
import { idOf } from '../sync/commit-records.ts';
import type { Noted } from '../sync/due.ts';
import { isOwnWrite } from '../sync/echo.ts';
import { holdUnreadable, release } from '../sync/quarantine.ts';
import { readJustNoted } from '../sync/read-due.ts';
import { orRefused } from '../sync/refused.ts';
import { archived, depart, erased, readmit } from '../sync/settle.ts';
import { isOver, type Syncing } from '../sync/syncing.ts';
import { together } from '../sync/together.ts';
import { type ChangePlan, type News, planChanges } from './plan-changes.ts';

/** What a batch of changes came to. */
export interface ChangesApplied {
  /** Records whose values or links were told, read, or gone. */
  readonly told: number;
  readonly read: number;
  readonly departed: number;
  /** Changes that meant nothing to do, by why. */
  readonly idle: Readonly<Record<string, number>>;
}

type Plans = ReadonlyMap<RecordId, ChangePlan>;
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

/** Deliveries of the same event, once. */
const distinct = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [change.fingerprint, change])).values(),
];

async function applyOfKind(given: Syncing, kind: RecordKind, changes: readonly Change[], tally: Tally): Promise<void> {
  const byId = Map.groupBy(changes, ({ id }) => id);
  for (let ids = [...byId.keys()]; ids.length > 0; ) {
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
    const overtaken = await tell(syncing, plans, standings, tally);
    const overread = await readThose(syncing, kind, { plans, changes: byId, standings }, tally);
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

/** A record as it reads with what was told of its properties in it. */
async function retold({ crm }: Syncing, record: CxRecord, { values, told }: News): Promise<CxRecord> {
  const row = await crm.retold(record, values);
  const all = { ...row.told, ...told };
  return Object.keys(all).length > 0 ? { ...row, told: all } : row;
}

/** Those plans with what is kept of their records. */
const toTell = (plans: Plans, { records }: Standings, { relink }: { readonly relink: boolean }) =>
  [...plans].flatMap(([id, plan]) => {
    const record = records.get(id);
    return plan.do === 'tell' && plan.relink === relink && record ? [{ record, news: plan.news }] : [];
  });

/** Puts in place what says it all; answers who was stored differently by then. */
async function tell(
  syncing: Syncing,
  plans: Plans,
  standings: Standings,
  tally: Tally,
): Promise<ReadonlySet<RecordId>> {
  const telling = toTell(plans, standings, { relink: false });
  if (telling.length === 0) return new Set();
  const rows = await Promise.all(
    telling.map(async ({ record, news }) => {
      const linksTold = { ...record.linksTold, ...news.linksTold };
      return {
        ...(await retold(syncing, record, news)),
        ...(record.linkedAt !== undefined && { linkedAt: record.linkedAt }),
        ...(Object.keys(linksTold).length > 0 && { linksTold }),
      };
    }),
  );
  const links = new Map<RecordId, Links>(
    telling.map(({ record, news }) => [record.id, { ...record.links, ...news.links }]),
  );
  const { overtaken } = await applyOnce(syncing, rows, {
    relink: true,
    knownLinks: { links, readAt: null },
    standings,
  });
  tally.told += rows.length - overtaken.size;
  return overtaken;
}

interface Reading {
  readonly plans: Plans;
  readonly changes: ReadonlyMap<RecordId, readonly Change[]>;
  readonly standings: Standings;
}

/** Reads what has to be read, records and links at the same time; answers who was stored differently by then. */
async function readThose(
  syncing: Syncing,
  kind: RecordKind,
  { plans, changes, standings }: Reading,
  tally: Tally,
): Promise<ReadonlySet<RecordId>> {
  const { crm, clock } = syncing;
  const wanted = [...plans].flatMap(([id, plan]) =>
    plan.do === 'read' ? [id, ...plan.also].map((each) => ({ id: each, relink: plan.relink })) : [],
  );
  const relinking = toTell(plans, standings, { relink: true });
  const ids = [...new Set(wanted.map(({ id }) => id))];
  const linked = [
    ...new Set([
      ...wanted.flatMap(({ id, relink }) => (relink ? [id] : [])),
      ...relinking.map(({ record }) => record.id),
    ]),
  ];
  if (ids.length + linked.length === 0) return new Set();

  const lookedAt = clock.now();
  const [read, links, relinked] = await Promise.all([
    orRefused([403], crm.recordsOf(kind, ids), null),
    linksOf(syncing, kind, linked),
    Promise.all(relinking.map(({ record, news }) => retold(syncing, record, news))),
  ]);
  if (read === null) return new Set();
  const { records, unreadable } = read;
  await holdUnreadable(syncing, unreadable);
  const returned = records.map(idOf).filter((id) => standings.departures.has(id));
  await readmit(syncing, kind, returned);
  const rows = [...records.filter(({ id }) => !standings.departures.has(id)), ...relinked];
  // Saved even where nothing differs: whoever just missed one that was restored sees that it is back.
  const refile = rows.some(({ id }) => changes.get(id)?.some(({ what }) => what === 'restored'));
  const knownLinks = { links, readAt: lookedAt };
  const keepsLinks = new Set(ids.filter((id) => !linked.includes(id)));
  const { overtaken } =
    rows.length === 0
      ? { overtaken: new Set<RecordId>() }
      : await applyOnce(syncing, rows, { relink: true, refile, knownLinks, keepsLinks, standings });
  await release(syncing, kind, records);

  const present = new Set([...records, ...unreadable].map(({ id }) => id));
  const isTold = (id: RecordId): boolean => changes.get(id)?.some(({ what }) => what === 'archived') ?? false;
  const gone = ids.filter((id) => !present.has(id) && (standings.records.has(id) || isTold(id)));
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, gone, lookedAt));
  tally.read += ids.length + relinked.length;
  tally.departed += gone.length;
  return overtaken;
}

/** The links of any number of records. */
async function linksOf({ crm }: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<Map<RecordId, Links>> {
  const links = new Map<RecordId, Links>();
  for (let from = 0; from < ids.length; from += crm.linksPerCall)
    for (const [id, each] of await crm.linksOf(kind, ids.slice(from, from + crm.linksPerCall))) links.set(id, each);
  return links;
}

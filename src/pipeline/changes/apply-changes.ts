import { type CxRecord, type Links, type RecordId, type RecordKind, recordKinds } from '../../domain/records/record.ts';
import type { Change, Standings } from '../ports.ts';
import { applyOnce, applyRecords, idOf } from '../sync/apply-records.ts';
import { isOwnWrite } from '../sync/echo.ts';
import { holdUnreadable, release } from '../sync/quarantine.ts';
import { readDue } from '../sync/read-due.ts';
import { orRefused } from '../sync/refused.ts';
import { archived, depart, erased, readmit } from '../sync/settle.ts';
import type { Syncing } from '../sync/syncing.ts';
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
 * is read, as many records as there are in one go. Can be done again after a crash.
 * @throws HubSpotBusyError, StoreConflictError when it is to be tried again as a whole.
 */
export async function applyChanges(syncing: Syncing, changes: readonly Change[]): Promise<ChangesApplied> {
  const tally: Tally = { told: 0, read: 0, departed: 0, idle: {} };
  const news = distinct(changes).filter((change) => !isOwnWrite(change));
  const echoes = changes.length - news.length;
  if (echoes > 0) tally.idle['told twice, or written by us'] = echoes;
  for (const kind of recordKinds) {
    const ofKind = news.filter((change) => change.kind === kind);
    const since = new Map(ofKind.toSorted((a, b) => b.at - a.at).map(({ id, at }) => [id, at]));
    if (ofKind.length > 0) await applyOfKind({ ...syncing, since }, kind, ofKind, tally);
  }
  // Who came back from the bin was noted, with whoever names them.
  if (news.some(({ what }) => what === 'restored' || what === 'created')) await readDue(syncing);
  return tally;
}

/** Deliveries of the same event, once. */
const distinct = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [change.fingerprint, change])).values(),
];

async function applyOfKind(
  syncing: Syncing,
  kind: RecordKind,
  changes: readonly Change[],
  tally: Tally,
): Promise<void> {
  const byId = Map.groupBy(changes, ({ id }) => id);
  for (let ids = [...byId.keys()]; ids.length > 0; ) {
    const standings = await syncing.store.standings(kind, ids);
    const now = syncing.clock.now();
    const plans = new Map(
      ids.map((id) => {
        const known = { record: standings.records.get(id), departure: standings.departures.get(id) };
        return [id, planChanges(known, byId.get(id) ?? [], now)] as const;
      }),
    );
    for (const plan of plans.values())
      if (plan.do === 'nothing') tally.idle[plan.because] = (tally.idle[plan.because] ?? 0) + 1;
    await eraseThose(syncing, kind, plans, tally);
    const overtaken = await tell(syncing, plans, standings.records, tally);
    await readThose(syncing, kind, { plans, changes: byId, standings }, tally);
    // Somebody else stored them meanwhile: what they are told is weighed against that.
    ids = [...overtaken];
  }
}

async function eraseThose(syncing: Syncing, kind: RecordKind, plans: Plans, tally: Tally): Promise<void> {
  const ids = idsTo('erase', plans);
  if (ids.length === 0) return;
  await depart(syncing, kind, erased(kind, ids, syncing.clock.now()));
  tally.departed += ids.length;
}

const idsTo = (deed: ChangePlan['do'], plans: Plans): RecordId[] =>
  [...plans].flatMap(([id, plan]) => (plan.do === deed ? [id] : []));

/** Records as they read with the news in them, and their links with those told. */
async function retold({ crm }: Syncing, record: CxRecord, news: News): Promise<{ row: CxRecord; links: Links }> {
  const row = await crm.retold(record, news.values);
  const told = { ...row.told, ...news.told };
  const linksTold = { ...record.linksTold, ...news.linksTold };
  return {
    row: {
      ...row,
      ...(record.linkedAt !== undefined && { linkedAt: record.linkedAt }),
      ...(Object.keys(told).length > 0 && { told }),
      ...(Object.keys(linksTold).length > 0 && { linksTold }),
    },
    links: { ...record.links, ...news.links },
  };
}

async function tell(
  syncing: Syncing,
  plans: Plans,
  stored: ReadonlyMap<RecordId, CxRecord>,
  tally: Tally,
): Promise<ReadonlySet<RecordId>> {
  const links = new Map<RecordId, Links>();
  const rows: CxRecord[] = [];
  for (const [id, plan] of plans) {
    const record = stored.get(id);
    if (plan.do !== 'tell' || !record) continue;
    const told = await retold(syncing, record, plan.news);
    rows.push(told.row);
    links.set(id, told.links);
  }
  if (rows.length === 0) return new Set();
  const standings = { records: stored, departures: new Map() };
  const { overtaken } = await applyOnce(syncing, rows, { relink: true, links, areLinksTold: true, standings });
  tally.told += rows.length - overtaken.size;
  return overtaken;
}

interface Reading {
  readonly plans: Plans;
  readonly changes: ReadonlyMap<RecordId, readonly Change[]>;
  readonly standings: Standings;
}

/** Reads what has to be read, and the links of what was told of as far as nobody told them. */
async function readThose(
  syncing: Syncing,
  kind: RecordKind,
  { plans, changes, standings }: Reading,
  tally: Tally,
): Promise<void> {
  const { crm, store, clock } = syncing;
  const wanted = [...plans].flatMap(([id, plan]) => (plan.do === 'read' ? [id, ...plan.also] : []));
  const ids = [...new Set(wanted)];
  const relinked = [...plans].flatMap(([id, plan]) => (plan.do === 'tell' && plan.relink ? [id] : []));
  if (ids.length + relinked.length === 0) return;
  const read = await orRefused([403], crm.recordsOf(kind, ids), null);
  if (read === null) return;
  const { records, unreadable } = read;
  await holdUnreadable(syncing, unreadable);
  const present = new Set([...records, ...unreadable].map(({ id }) => id));
  const returned = records.map(idOf).filter((id) => standings.departures.has(id));
  await readmit(syncing, kind, returned);
  const kept = [...(await store.readRecords(kind, relinked)).values()];
  const rows = [
    ...records.filter(({ id }) => !standings.departures.has(id)),
    ...(await Promise.all(kept.map((record) => crm.retold(record, {})))),
  ];
  for (let from = 0; from < rows.length; from += crm.linksPerCall)
    await applyRecords(syncing, rows.slice(from, from + crm.linksPerCall), { relink: true });
  await release(syncing, kind, records);

  const isTold = (id: RecordId): boolean => changes.get(id)?.some(({ what }) => what === 'archived') ?? false;
  const gone = ids.filter((id) => !present.has(id) && (standings.records.has(id) || isTold(id)));
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, gone, clock.now()));
  tally.read += ids.length + relinked.length;
  tally.departed += gone.length;
}

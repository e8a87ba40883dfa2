import { type CxRecord, compareIds, type Instant, type Links, type RecordId } from '../../domain/records/record.ts';
import type { Change, Departure } from '../ports.ts';

/** What is kept of a record when changes of it arrive. */
export interface Known {
  readonly record: CxRecord | undefined;
  readonly departure: Departure | undefined;
}

/** What is to be done about the changes of one record: a decision before it is a deed. */
export type ChangePlan =
  | { readonly do: 'nothing'; readonly because: string }
  | { readonly do: 'erase' }
  /** The record is read, with `relink` its links too; `also` are records it has taken in. */
  | { readonly do: 'read'; readonly because: string; readonly relink: boolean; readonly also: readonly RecordId[] }
  /** What was told is put in place; with `relink` the links are read. */
  | { readonly do: 'tell'; readonly news: News; readonly relink: boolean };

/** What is to be done, by record. */
export type Plans = ReadonlyMap<RecordId, ChangePlan>;

/** What changes tell of a record, newer than what is kept. */
export interface News {
  readonly values: Readonly<Record<string, string>>;
  readonly told: Readonly<Record<string, Instant>>;
  readonly links: Links;
  readonly linksTold: Readonly<Record<string, Instant>>;
}

type Of<W extends Change['what']> = Extract<Change, { what: W }>;
type Property = Of<'property'>;
type Association = Of<'linked' | 'unlinked'>;

/** HubSpot's clock and ours may differ by this much, and an association may take so long to be read. */
const skewMs = 10_000;
/** What is told later than this is no basis: links were read, or changed back, in between. */
const lateMs = 10 * 60_000;

/** Decides what changes of one record mean, whatever order they came in. */
export function planChanges(known: Known, changes: readonly Change[], now: Instant): ChangePlan {
  const { record, departure } = known;
  if (departure?.why === 'erased' || departure?.why === 'merged') return nothing('gone');
  if (changes.some(({ what }) => what === 'erased')) return { do: 'erase' };

  const reason = changes.map((change) => readingFor(known, change)).find((because) => because !== null);
  // Who came back from the bin is noted, and read with links then.
  const relink = !departure && (!record || changes.some(movesLinks));
  if (reason) return { do: 'read', because: reason, relink, also: changes.flatMap(absorbedIn) };
  if (!record) return nothing('gone');

  const properties = newest(changes.filter((change) => change.what === 'property'));
  const fresh = properties.filter((change) => isNews(record, change));
  if (fresh.some(({ suffices, value, isOutput }) => !suffices || value === null || isOutput))
    return { do: 'read', because: 'a value that does not suffice', relink, also: [] };
  const links = linkNews(record, changes.filter(isAssociation), now);
  const values = fresh.map(({ property, value }) => [property, value ?? ''] as const);
  const told = fresh.map(({ property, at }) => [property, at] as const);
  if (values.length === 0 && !links.relink && Object.keys(links.told).length === 0) return nothing('known already');
  return {
    do: 'tell',
    relink: links.relink,
    news: {
      values: Object.fromEntries(values),
      told: Object.fromEntries(told),
      links: links.links,
      linksTold: links.told,
    },
  };
}

const nothing = (because: string): ChangePlan => ({ do: 'nothing', because });
const isAssociation = (change: Change): change is Association => change.what === 'linked' || change.what === 'unlinked';
/** What moves no links is no reason to read them: HubSpot tells of those by themselves. */
const movesLinks = (change: Change): boolean =>
  isAssociation(change) ||
  change.what === 'restored' ||
  change.what === 'absorbed' ||
  (change.what === 'property' && change.namesLink);
const absorbedIn = (change: Change): readonly RecordId[] => (change.what === 'absorbed' ? change.absorbed : []);

/** Why one change needs HubSpot's own table, whatever else is told; null where it does not. */
function readingFor({ record, departure }: Known, change: Change): string | null {
  const { at } = change;
  switch (change.what) {
    case 'created':
      return record ? null : departure && at <= departure.at ? null : 'created';
    case 'restored':
      return 'restored';
    case 'archived':
      // Told twice, or seen in the bin already; unless it was restored in between nothing is to be done.
      return departure && !record ? null : 'archived';
    case 'absorbed':
      return change.absorbed.every((id) => record?.absorbed.includes(id)) ? null : 'merged';
    default:
      // Kept by a version that did not keep what it read.
      if (record) return record.raw === undefined ? 'kept without its properties' : null;
      return departure && at <= departure.at ? null : 'not known';
  }
}

/** The last value of each property; of two at one moment neither is believed. */
function newest(changes: readonly Property[]): Property[] {
  const last = new Map<string, Property>();
  for (const change of changes) {
    const other = last.get(change.property);
    if (!other || other.at < change.at) last.set(change.property, change);
    else if (other.at === change.at && other.value !== change.value)
      last.set(change.property, { ...change, suffices: false });
  }
  return [...last.values()];
}

/**
 * Newer than the row, which says everything up to its modified date, and than what was told of the same property. Of our
 * own properties only what differs from what we know to stand there.
 */
function isNews({ modifiedAt, outputs, told = {} }: CxRecord, { property, value, isOutput, at }: Property): boolean {
  if (isOutput && value === (outputs[property] ?? '')) return false;
  return at > Math.max(modifiedAt, told[property] ?? 0);
}

/** Links with what associations told put in; `relink` where only HubSpot can say how they are. */
function linkNews(record: CxRecord, changes: readonly Association[], now: Instant) {
  const links: Record<string, readonly RecordId[]> = {};
  const told: Record<string, Instant> = {};
  let relink = false;
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    const { to, other, at } = change;
    const name = `${to}/${other}`;
    if (at <= (record.linksTold?.[name] ?? 0) || at < (record.linkedAt ?? 0) - skewMs) continue;
    const inserted = withLink(links[to] ?? record.links[to] ?? [], change);
    if (inserted === null || at <= (record.linkedAt ?? 0) + skewMs || at < now - lateMs) relink = true;
    else {
      // Also an end of what is not there: the beginning may be on its way, and is over then.
      if (change.what === 'unlinked' || inserted !== (links[to] ?? record.links[to])) told[name] = at;
      links[to] = inserted;
    }
  }
  return { links: links as Links, told, relink };
}

/**
 * The ids linked to, the primary one first and the others ascending; null where the change does not say it all: which one
 * is primary is not kept, and an association that ended may go on under another label.
 */
function withLink(ids: readonly RecordId[], { what, other, isPrimary }: Association): readonly RecordId[] | null {
  if (what === 'unlinked') return ids.includes(other) ? null : ids;
  if (isPrimary) return ids[0] === other ? ids : ids.includes(other) || ids.length > 0 ? null : [other];
  if (ids.includes(other)) return ids;
  return ids.every((id) => compareIds(id, other) < 0) ? [...ids, other] : null;
}

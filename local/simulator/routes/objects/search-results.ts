import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import type { PortalState } from '../../state/portal-state.ts';
import type { RecordCollection } from '../../state/record-collection.ts';
import { compareIds } from '../../state/record-id.ts';
import { propertyValue } from '../../state/record-values.ts';
import type { SearchView } from '../../state/search-view.ts';
import { valueOrderOf } from './comparable-values.ts';
import type { SearchFilter } from './search-filter.ts';
import { type Predicate, predicateOf } from './search-predicates.ts';
import type { SearchRequest } from './search-request.ts';
import { queryMatcher } from './tokens.ts';

type Criteria = Pick<SearchRequest, 'groups' | 'query' | 'sort'>;

/** Ids of the records that fulfil a search, in the order asked for; by creation when none is (docs: CRM search). */
export function searchResults(
  portal: PortalState,
  type: ObjectType,
  view: SearchView,
  criteria: Criteria,
): readonly string[] {
  const { collection } = view;
  const predicate = predicateFor(portal, type, criteria);
  const candidates = candidatesFor(collection, criteria.groups);
  const matching = predicate ? candidates.filter((id) => predicate(collection.get(id) as PortalRecord)) : candidates;
  const late = predicate ? [...view.former].filter(([, record]) => predicate(record)).map(([id]) => id) : [];
  const ids = late.length > 0 ? [...new Set([...matching, ...late])].sort(compareIds) : matching;
  if (isById(criteria.sort)) return ids;
  return sorted(portal, collection, ids, criteria.sort);
}

/** True for the order the records are kept in, or its reverse. */
export function isById(sort: SearchRequest['sort']): boolean {
  return sort?.propertyName === 'hs_object_id';
}

function predicateFor(portal: PortalState, type: ObjectType, { groups, query }: Criteria): Predicate | undefined {
  const alternatives = groups.map((group) => group.map((filter) => predicateOf(portal, type, filter)));
  const { searchable } = objectTypeFacts[type];
  const asked = queryMatcher(query);
  if (alternatives.length === 0 && query === '') return undefined;
  return (record) =>
    (alternatives.length === 0 || alternatives.some((all) => all.every((holds) => holds(record)))) &&
    (query === '' || asked(searchable.map((name) => propertyValue(type, record, name) ?? '')));
}

/** Ids worth testing, in id order: those changed within the search's window when that is the smaller part. */
function candidatesFor(collection: RecordCollection, groups: SearchRequest['groups']): readonly string[] {
  const all = collection.ids().values;
  const [only, ...others] = groups;
  if (!only || others.length > 0) return all;
  const { from, to } = windowOf(
    only.filter((filter) => filter.propertyName === objectTypeFacts[collection.type].modified),
  );
  const changed = collection.modifiedBetween(from, to);
  return changed.count < all.length / 2 ? changed.ids().sort(compareIds) : all;
}

/** The widest span of modified dates that can fulfil the filters; the filters themselves are still applied. */
function windowOf(filters: readonly SearchFilter[]): { from: number; to: number } {
  let from = Number.MIN_SAFE_INTEGER;
  let to = Number.MAX_SAFE_INTEGER - 1;
  for (const { operator, value, highValue } of filters) {
    if (['GT', 'GTE', 'EQ', 'BETWEEN'].includes(operator)) from = Math.max(from, momentOf(value) ?? from);
    if (['LT', 'LTE', 'EQ'].includes(operator)) to = Math.min(to, momentOf(value) ?? to);
    if (operator === 'BETWEEN') to = Math.min(to, momentOf(highValue) ?? to);
  }
  return { from, to };
}

function momentOf(text: string): number | undefined {
  const at = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? at : undefined;
}

function sorted(
  portal: PortalState,
  collection: RecordCollection,
  ids: readonly string[],
  sort: SearchRequest['sort'],
): readonly string[] {
  const { type } = collection;
  const name = sort?.propertyName ?? objectTypeFacts[type].created;
  const property = portal.properties[type].find(name);
  if (!property) return ids;
  const { read, compare } = valueOrderOf(property);
  const sign = sort?.descending ? -1 : 1;
  const keyed = ids.map((id) => {
    const value = propertyValue(type, collection.get(id) as PortalRecord, name);
    return { id, key: value === null ? undefined : read(value) };
  });
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
    return sign * compare(a.key, b.key) || compareIds(a.id, b.id);
  });
  return keyed.map(({ id }) => id);
}

import { type Answer, ok } from '../../http/answer.ts';
import { type ApiRequest, objectTypeParameter } from '../../http/api-request.ts';
import type { Surroundings } from '../../http/route.ts';
import { compareIds, isRecordId } from '../../state/record-id.ts';
import { firstIndex } from '../../state/sorted-list.ts';
import { recordWriter } from './record-body.ts';
import type { SearchFilter } from './search-filter.ts';
import { type SearchRequest, searchRequestOf } from './search-request.ts';
import { isById, searchResults } from './search-results.ts';

/**
 * A page of the live records that match, as far as the search index knows. Neither history nor associations are ever part
 * of it (hubspot-api-python issue 244), and `after` counts rows, so rows that change between pages shift it.
 */
export function searchRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { portal, searches, clock, pageSizes } = surroundings;
  const search = searchRequestOf(request, pageSizes);
  const { criteria, idFilters } = withoutIdBounds(search);
  const view = portal.searched(type, clock.now());
  const all = searches.recall(portal, type, view, criteria, () => searchResults(portal, type, view, criteria));
  const bounds = boundsOf(all, idFilters);
  const total = bounds.end - bounds.start;
  const page = pageOfIds(all, bounds, search);
  const write = recordWriter(surroundings, type, { properties: search.properties });
  const results = view
    .arranged(page)
    .flatMap((id) => view.row(id) ?? [])
    .map(write);
  const after = String(search.offset + search.limit);
  if (search.offset + search.limit >= total || search.limit === 0) return ok({ total, results });
  return ok({ total, results, paging: { next: { after, link: `${surroundings.url}${request.path}?after=${after}` } } });
}

/** The ids of a page; a search in descending order of ids reads the ascending result from its end. */
function pageOfIds(
  all: readonly string[],
  { start, end }: { start: number; end: number },
  { offset, limit, sort }: SearchRequest,
): readonly string[] {
  if (!isById(sort) || !sort?.descending)
    return all.slice(Math.min(start + offset, end), Math.min(start + offset + limit, end));
  return all.slice(Math.max(end - offset - limit, start), Math.max(end - offset, start)).reverse();
}

/**
 * Takes comparisons of `hs_object_id` out of a search ordered by it, so that every page of a keyset sync is one slice of
 * the same remembered result.
 */
function withoutIdBounds({ groups, query, sort }: SearchRequest): {
  criteria: Pick<SearchRequest, 'groups' | 'query' | 'sort'>;
  idFilters: readonly SearchFilter[];
} {
  const order = sort && { sort: isById(sort) ? { ...sort, descending: false } : sort };
  const [only, ...others] = groups;
  if (!only || others.length > 0 || !isById(sort)) return { criteria: { groups, query, ...order }, idFilters: [] };
  const idFilters = only.filter(isIdBound);
  const rest = only.filter((filter) => !isIdBound(filter));
  return { criteria: { groups: rest.length > 0 ? [rest] : [], query, ...order }, idFilters };
}

function isIdBound({ propertyName, operator, value }: SearchFilter): boolean {
  return propertyName === 'hs_object_id' && ['GT', 'GTE', 'LT', 'LTE'].includes(operator) && isRecordId(value);
}

function boundsOf(ids: readonly string[], filters: readonly SearchFilter[]): { start: number; end: number } {
  let start = 0;
  let end = ids.length;
  for (const { operator, value } of filters) {
    const atOrAfter = firstIndex(ids, (id) => compareIds(id, value) >= 0);
    const after = firstIndex(ids, (id) => compareIds(id, value) > 0);
    if (operator === 'GT') start = Math.max(start, after);
    if (operator === 'GTE') start = Math.max(start, atOrAfter);
    if (operator === 'LT') end = Math.min(end, atOrAfter);
    if (operator === 'LTE') end = Math.min(end, after);
  }
  return { start, end: Math.max(start, end) };
}

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
 * A page of the live records that match. Neither history nor associations are ever part of it (hubspot-api-python issue
 * 244), and `after` counts rows, so rows that change between pages shift it.
 */
export function searchRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const search = searchRequestOf(request);
  const { portal, searches } = surroundings;
  const { criteria, idFilters } = withoutIdBounds(search);
  const all = searches.recall(portal, type, criteria, () => searchResults(portal, type, criteria));
  const { start, end } = boundsOf(all, idFilters);
  const page = all.slice(Math.min(start + search.offset, end), Math.min(start + search.offset + search.limit, end));
  const write = recordWriter(surroundings, type, { properties: search.properties });
  const results = page.flatMap((id) => portal.records[type].get(id) ?? []).map(write);
  const total = end - start;
  const after = String(search.offset + search.limit);
  if (search.offset + search.limit >= total || search.limit === 0) return ok({ total, results });
  return ok({ total, results, paging: { next: { after, link: `${surroundings.url}${request.path}?after=${after}` } } });
}

/**
 * Takes comparisons of `hs_object_id` out of a search ordered by it, so that every page of a keyset sync is one slice of
 * the same remembered result.
 */
function withoutIdBounds({ groups, query, sort }: SearchRequest): {
  criteria: Pick<SearchRequest, 'groups' | 'query' | 'sort'>;
  idFilters: readonly SearchFilter[];
} {
  const order = sort && { sort };
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

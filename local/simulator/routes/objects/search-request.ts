import { type PageSizes, pageOf, searchLimits } from '../../facts/limits.ts';
import { type ApiRequest, jsonBody, strings } from '../../http/api-request.ts';
import { invalid } from '../../http/refusals.ts';
import { filterOf, type SearchFilter } from './search-filter.ts';

/** A search that keeps HubSpot's rules. */
export interface SearchRequest {
  /** Groups are alternatives; the filters of a group must all hold. */
  readonly groups: readonly (readonly SearchFilter[])[];
  readonly query: string;
  readonly sort?: { readonly propertyName: string; readonly descending: boolean };
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

/**
 * Reads a search body and refuses what HubSpot refuses. Unknown keys are ignored, top-level `filters` among them
 * (hubspot-api-nodejs issues 491 and 344). The wording of refusals is HubSpot's where the text is published in an issue
 * (filters, BETWEEN), ours elsewhere.
 */
export function searchRequestOf(request: ApiRequest, { search, searchResults }: PageSizes): SearchRequest {
  if (request.bodyText.length > searchLimits.bodyCharacters) {
    throw invalid(`The request body must not be longer than ${searchLimits.bodyCharacters} characters`);
  }
  const body = jsonBody(request);
  const limit = limitOf(body.limit, pageOf(search));
  const offset = offsetOf(body.after);
  if (offset + limit > searchResults) {
    throw invalid(`The search endpoints are limited to ${searchResults} total results for any given query`);
  }
  const sort = sortOf(body.sorts);
  return {
    groups: groupsOf(body.filterGroups),
    query: typeof body.query === 'string' ? body.query.trim() : '',
    ...(sort && { sort }),
    properties: strings(body.properties),
    limit,
    offset,
  };
}

function groupsOf(given: unknown): SearchFilter[][] {
  const groups = (Array.isArray(given) ? given : []).map((group: { filters?: unknown }) =>
    (Array.isArray(group?.filters) ? group.filters : []).map(filterOf),
  );
  if (groups.length > searchLimits.filterGroups) {
    throw invalid(`A search may have at most ${searchLimits.filterGroups} filter groups, got ${groups.length}`);
  }
  const longest = Math.max(0, ...groups.map((group) => group.length));
  if (longest > searchLimits.filtersPerGroup) {
    throw invalid(`A filter group may have at most ${searchLimits.filtersPerGroup} filters, got ${longest}`);
  }
  const all = groups.flat().length;
  if (all > searchLimits.filters)
    throw invalid(`A search may have at most ${searchLimits.filters} filters, got ${all}`);
  return groups.filter((group) => group.length > 0);
}

function limitOf(given: unknown, { usual, most }: { usual: number; most: number }): number {
  if (given === undefined || given === null) return usual;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 0) throw invalid(`Invalid limit: ${given}`);
  if (limit > most) throw invalid(`Invalid limit: ${limit}, the maximum is ${most}`);
  return limit;
}

function offsetOf(given: unknown): number {
  if (given === undefined || given === null || given === '') return 0;
  const offset = Number(given);
  if (!Number.isInteger(offset) || offset < 0) throw invalid(`Invalid after: ${given} is not an integer`);
  return offset;
}

/** A sort is an object, its JSON text, or a name with a minus for descending; clients send all three (spec: string[]). */
function sortOf(given: unknown): SearchRequest['sort'] {
  const sorts = Array.isArray(given) ? given : [];
  if (sorts.length > searchLimits.sorts) throw invalid('Only one sort is supported');
  const [first] = sorts;
  if (first === undefined) return undefined;
  const sort = typeof first === 'string' && first.startsWith('{') ? parsedSort(first) : first;
  if (typeof sort === 'string') return { propertyName: sort.replace(/^-/, ''), descending: sort.startsWith('-') };
  if (typeof sort?.propertyName !== 'string') throw invalid('Cannot build Sort, propertyName is not set');
  return { propertyName: sort.propertyName, descending: sort.direction === 'DESCENDING' };
}

function parsedSort(text: string): { propertyName?: unknown; direction?: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`Cannot build Sort from ${text}`);
  }
}

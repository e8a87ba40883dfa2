import * as objects from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import { compareIds, type RecordId, type RecordKind } from '#domain/records/record.ts';
import type { ModifiedWindow } from '#pipeline/ports.ts';
import { ConfigurationError, HubSpotBusyError } from '#platform/errors.ts';
import { configure } from './generated.ts';
import { sizes } from './limits.ts';
import { objectTypes } from './object-types.ts';
import type { Row } from './row.ts';
import type { Transport } from './transport.ts';

/** A page of rows in ascending id order; `next` is the id to continue after, null on the last page. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly next: RecordId | null;
  /** Rows still to come after this page. */
  readonly remaining: number;
}

/** Reads one page: rows of a kind with an id greater than `after`, all of them or those modified within a window. */
export type Search = (
  kind: RecordKind,
  properties: readonly string[],
  after: RecordId | null,
  modified?: ModifiedWindow,
) => Promise<RowPage>;

const filter = (propertyName: string, operator: 'GT' | 'GTE' | 'LTE', value: string) => ({
  propertyName,
  operator: operator as objects.FilterOperatorEnum,
  value,
});

const requestFor = (
  kind: RecordKind,
  properties: readonly string[],
  after: RecordId | null,
  modified: ModifiedWindow | undefined,
): objects.PublicObjectSearchRequest => {
  const by = objectTypes[kind].modified;
  const window = modified ? [filter(by, 'GTE', String(modified.from)), filter(by, 'LTE', String(modified.to))] : [];
  return {
    filterGroups: [{ filters: [filter('hs_object_id', 'GT', after ?? '0'), ...window] }],
    // The generated type says strings; HubSpot documents objects, and the client passes both through.
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] as unknown as string[],
    properties: [...new Set([by, ...properties])],
    limit: sizes.searchPage,
  };
};

const fits = (kind: RecordKind, request: objects.PublicObjectSearchRequest): void => {
  const characters = JSON.stringify(request).length;
  if (characters <= sizes.searchBodyCharacters) return;
  throw new ConfigurationError(
    `Searching ${objectTypes[kind].path} takes a request of ${characters} characters; HubSpot accepts ${sizes.searchBodyCharacters}.`,
    `Map fewer properties of ${objectTypes[kind].path} in connector.config.ts, or properties with shorter names.`,
  );
};

/**
 * The rows beyond `after`, each once, in ascending order. The search index lags behind: a row can come out of order, or
 * before `after`, where it was read already.
 */
const inOrder = (results: readonly Row[], after: RecordId | null): Row[] => {
  const beyond = results.filter((row) => after === null || compareIds(String(row.id), after) > 0);
  const each = new Map(beyond.map((row) => [String(row.id), row]));
  return [...each.values()].sort((a, b) => compareIds(String(a.id), String(b.id)));
};

/**
 * Keyset search: by ascending `hs_object_id`, from the last id on. HubSpot's own `after` ends at 10,000 rows and skips rows
 * that move (https://developers.hubspot.com/docs/api-reference/search/guide), so it is never used.
 */
export function objectSearch(transport: Transport): Search {
  const api = new objects.SearchApi(configure(objects, transport));
  return async (kind, properties, after, modified) => {
    const request = requestFor(kind, properties, after, modified);
    fits(kind, request);
    const { results, paging, total } = await api.doSearch(objectTypes[kind].path, request);
    const rows = inOrder(results, after);
    const last = rows.at(-1);
    const more = paging?.next !== undefined || total > results.length;
    if (more && !last)
      throw new HubSpotBusyError(
        `HubSpot's search of ${objectTypes[kind].path} repeats rows that were read already.`,
        'Try again in a minute: its index is catching up.',
      );
    return { rows, next: more && last ? String(last.id) : null, remaining: Math.max(0, total - results.length) };
  };
}

import { destinationOf, undated } from '#hubspot/routes.ts';
import type { ObjectType } from '#local/portals/portal.ts';
import { PeerFailure, type PeerHubSpot, type PeerRow, type SearchPage, type Sought } from './peer.ts';

/** What the calls are made with. */
export interface PeerCalls {
  readonly url: string;
  readonly accessToken: () => string;
  readonly now: () => number;
  readonly sizes: { readonly list: number; readonly search: number; readonly searchResults: number };
  /** The property by which searches filter modified dates. */
  readonly modifiedProperty: (type: ObjectType) => string;
  readonly properties: (type: ObjectType) => readonly string[];
  readonly associationTypes: (type: ObjectType) => readonly ObjectType[];
}

interface WireRow {
  readonly id: string;
  readonly updatedAt: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly associations?: Readonly<Record<string, { readonly results: readonly { readonly id: string }[] }>>;
}

interface WirePage {
  readonly total?: number;
  readonly results: readonly WireRow[];
  readonly paging?: { readonly next?: { readonly after?: string } };
}

interface WireLinks {
  readonly results: readonly {
    readonly from: { readonly id: string };
    readonly to: readonly { readonly toObjectId: unknown }[];
  }[];
}

const operators = { gt: 'GT', gte: 'GTE', lte: 'LTE' } as const;

/** Ids are beyond 2^53: they are quoted before the text is parsed, for peers as for us. */
const parsed = <T>(text: string): T => JSON.parse(text.replace(/("toObjectId":)(\d+)/g, '$1"$2"')) as T;

/** HubSpot's HTTP API with nothing in between: no retries, no limits kept. Paths are dated as ours, whatever theirs are. */
export function peerHubSpot(calls: PeerCalls): PeerHubSpot {
  const send = async <T>(
    method: string,
    path: string,
    { query, body }: { readonly query?: URLSearchParams; readonly body?: object },
  ): Promise<T> => {
    const dated = destinationOf(method, path)?.path ?? path;
    const response = await fetch(`${calls.url}${dated}${query ? `?${query}` : ''}`, {
      method,
      headers: { authorization: `Bearer ${calls.accessToken()}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) throw new PeerFailure(`HTTP ${response.status}: ${text.slice(0, 200)}`);
    return parsed<T>(text);
  };

  const read = (type: ObjectType, { id, updatedAt, properties, associations }: WireRow, inline: boolean): PeerRow => {
    const values = Object.fromEntries(calls.properties(type).map((name) => [name, properties[name] ?? null]));
    const modifiedAt = Date.parse(properties[calls.modifiedProperty(type)] ?? updatedAt);
    if (!inline) return { id, modifiedAt, values };
    const linked = calls
      .associationTypes(type)
      .map((to) => [to, [...new Set((associations?.[to]?.results ?? []).map((each) => each.id))]]);
    return { id, modifiedAt, values, associations: Object.fromEntries(linked) };
  };
  const asked = (type: ObjectType): string[] => [...calls.properties(type), calls.modifiedProperty(type)];

  const linksOf = async (from: ObjectType, to: ObjectType, ids: readonly string[]): Promise<Map<string, string[]>> => {
    const path = undated.links(from, to);
    const { results } = await send<WireLinks>('POST', path, { body: { inputs: ids.map((id) => ({ id })) } });
    return new Map(results.map((each) => [each.from.id, each.to.map(({ toObjectId }) => String(toObjectId))]));
  };

  return {
    now: calls.now,
    searchResults: calls.sizes.searchResults,
    searchPage: calls.sizes.search,
    list: async (type, { after, inline, archived = false }) => {
      const query = new URLSearchParams({
        limit: String(calls.sizes.list),
        archived: String(archived),
        properties: asked(type).join(','),
        ...(after !== null && { after }),
        ...(inline &&
          calls.associationTypes(type).length > 0 && { associations: calls.associationTypes(type).join(',') }),
      });
      const page = await send<WirePage>('GET', undated.list(type), { query });
      return { rows: page.results.map((row) => read(type, row, inline)), next: page.paging?.next?.after ?? null };
    },
    search: async (type, sought) => {
      const page = await send<WirePage>('POST', undated.search(type), { body: bodyOf(type, sought) });
      const rows = page.results.map((row) => read(type, row, false));
      return { rows, next: page.paging?.next?.after ?? null, total: page.total ?? 0 } satisfies SearchPage;
    },
    associated: async (type, rows) => {
      if (rows.length === 0) return [];
      const ids = rows.map(({ id }) => id);
      const types = calls.associationTypes(type);
      const links = await Promise.all(types.map((to) => linksOf(type, to, ids)));
      return rows.map((row) => ({
        ...row,
        associations: Object.fromEntries(types.map((to, index) => [to, links[index]?.get(row.id) ?? []])),
      }));
    },
  };

  function bodyOf(type: ObjectType, { modified = {}, idAfter, sort, after }: Sought): object {
    const by = calls.modifiedProperty(type);
    const bounds = Object.entries(modified) as [keyof typeof operators, number][];
    const filters = [
      ...bounds.map(([bound, at]) => ({ propertyName: by, operator: operators[bound], value: String(at) })),
      ...(idAfter === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: idAfter }]),
    ];
    return {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: sort === 'id' ? 'hs_object_id' : by, direction: 'ASCENDING' }],
      properties: asked(type),
      limit: calls.sizes.search,
      ...(after && { after }),
    };
  }
}

import type { ObjectType } from '#local/portals/portal.ts';

/** A row as a peer keeps it. */
export interface PeerRow {
  readonly id: string;
  /** By the property that says when it was modified, in milliseconds. */
  readonly modifiedAt: number;
  readonly values: Readonly<Record<string, string | null>>;
  /** Ids of associated records by type; absent where the peer does not read them. */
  readonly associations?: Readonly<Partial<Record<ObjectType, readonly string[]>>>;
}

/** What a peer has of one object type, by id. */
export type Mirror = Map<string, PeerRow>;

/** A page and where the next one begins. */
export interface PeerPage {
  readonly rows: readonly PeerRow[];
  readonly next: string | null;
}

export interface SearchPage extends PeerPage {
  readonly total: number;
}

/** Which rows of a search: modified within bounds, beyond an id, in an order, from an offset. */
export interface Sought {
  readonly modified?: { readonly gt?: number; readonly gte?: number; readonly lte?: number };
  readonly idAfter?: string;
  readonly sort: 'id' | 'modified';
  readonly after?: string | null;
}

/** HubSpot as the peers call it: one method per endpoint they use, each call one HTTP call. */
export interface PeerHubSpot {
  now(): number;
  /** Rows of one search that can be reached; beyond it HubSpot answers 400. */
  readonly searchResults: number;
  readonly searchPage: number;
  list(type: ObjectType, ask: { after: string | null; inline: boolean; archived?: boolean }): Promise<PeerPage>;
  /** @throws PeerFailure where HubSpot answers 400. */
  search(type: ObjectType, sought: Sought): Promise<SearchPage>;
  /** The rows with the first page of their associations, one call for each type they can have. */
  associated(type: ObjectType, rows: readonly PeerRow[]): Promise<PeerRow[]>;
}

/** A run that ends without having read everything, and says so. */
export class PeerFailure extends Error {
  override readonly name = 'PeerFailure';
}

/** A connector's rules for one object type; keeps its own cursor between runs. */
export interface Reader {
  /** One run. @throws PeerFailure where the peer is described to fail. */
  run(): Promise<void>;
}

/** A published connector, its rules re-stated from their description. */
export interface Peer {
  readonly name: string;
  /** What of it is not restated, and why. */
  readonly leftOut: string;
  readonly readsAssociations: boolean;
  reader(hubspot: PeerHubSpot, type: ObjectType, mirror: Mirror): Reader;
}

/** Keeps rows, the later read in place of the earlier. */
export const keep = (mirror: Mirror, rows: readonly PeerRow[]): void => {
  for (const row of rows) mirror.set(row.id, row);
};

/** The latest modified date of rows, or what was known before where there are none. */
export const latest = (rows: readonly PeerRow[], known: number): number =>
  rows.reduce((most, { modifiedAt }) => Math.max(most, modifiedAt), known);

/** Every page of a list. */
export async function* listed(
  hubspot: PeerHubSpot,
  type: ObjectType,
  ask: { inline: boolean; archived?: boolean },
): AsyncGenerator<readonly PeerRow[]> {
  let after: string | null = null;
  do {
    const page: PeerPage = await hubspot.list(type, { ...ask, after });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

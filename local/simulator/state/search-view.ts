import type { PortalRecord } from '../../portals/portal.ts';
import type { RecordCollection } from './record-collection.ts';

/** What searches of one object type see. */
export interface SearchView {
  /** What filters are evaluated on and results are ordered by. */
  readonly collection: RecordCollection;
  /** Earlier versions of live records that fulfil filters as well, by id. */
  readonly former: ReadonlyMap<string, PortalRecord>;
  /** Results computed at the same version still hold. */
  readonly version: string;
  /** The record as a result shows it. */
  row(id: string): PortalRecord | undefined;
  /** The ids of a page in the order they arrive. */
  arranged(ids: readonly string[]): readonly string[];
}

const nothing: ReadonlyMap<string, PortalRecord> = new Map();

/** Searches that are never late: the records themselves. */
export function viewOf(collection: RecordCollection): SearchView {
  return {
    collection,
    former: nothing,
    get version() {
      return String(collection.version);
    },
    row: (id) => collection.get(id),
    arranged: (ids) => ids,
  };
}

import { type ObjectType, objectTypes, type Portal, type PortalRecord } from '../../portals/portal.ts';
import { type AssociatedRecord, AssociationGraph } from './association-graph.ts';
import { ChangeFeed, type Doing, type RecordKey } from './portal-change.ts';
import { RecordCollection } from './record-collection.ts';
import { SearchIndex, type SearchIndexRules } from './search-index.ts';
import { type SearchView, viewOf } from './search-view.ts';

/** The records of an account, who is associated with whom, and what searches know of it. */
export class PortalRecords {
  readonly of: Readonly<Record<ObjectType, RecordCollection>>;
  readonly associations = new AssociationGraph();
  readonly changes = new ChangeFeed();
  readonly #indexes: Readonly<Record<ObjectType, SearchIndex>> | undefined;

  constructor({ records, future }: Portal, searchIndex?: SearchIndexRules) {
    this.of = perType((type) => new RecordCollection(type, records[type]));
    for (const event of future) this.of[event.type].reserve(event.id);
    this.#indexes = searchIndex && perType((type) => new SearchIndex(this.of[type], searchIndex));
    for (const type of objectTypes) {
      for (const record of records[type]) this.associate(type, record.id, record.associations);
    }
  }

  /** The record under this id, archived or not; throws when there is none. */
  existing(type: ObjectType, id: string): PortalRecord {
    const record = this.of[type].get(id);
    if (!record) throw new Error(`The portal holds no ${type} record ${id}`);
    return record;
  }

  /** The live records of type `to` associated with a live record, in id order. */
  associated(from: ObjectType, id: string, to: ObjectType): AssociatedRecord[] {
    if (!this.of[from].isLive(id)) return [];
    return this.associations.of(from, id, to).filter((each) => this.of[to].isLive(each.id));
  }

  /** Associates a record with those listed, as records of a portal list them. */
  associate(type: ObjectType, id: string, targets: PortalRecord['associations'] = {}, by?: Doing): void {
    for (const to of objectTypes) {
      for (const target of targets[to] ?? []) {
        const end = { type: to, id: typeof target === 'string' ? target : target.id };
        this.changes.tellLinks(this.associations, [{ type, id }, end], by, () =>
          this.associations.associate(type, id, to, target),
        );
      }
    }
  }

  /** Takes every association between two records away. */
  disassociate(from: RecordKey, to: RecordKey, by?: Doing): void {
    this.changes.tellLinks(this.associations, [from, to], by, () =>
      this.associations.disassociate(from.type, from.id, to.type, to.id),
    );
  }

  /** Stores a new or changed record; `at` is the moment of the change, ISO 8601 UTC. */
  put(type: ObjectType, record: PortalRecord, at: string): PortalRecord {
    this.of[type].put(record);
    this.#indexes?.[type].note(record.id, record, at);
    return record;
  }

  /** Takes a record and its associations out for good. */
  remove(type: ObjectType, id: string, at: string): void {
    this.associations.remove(type, id);
    this.of[type].remove(id);
    this.#indexes?.[type].note(id, undefined, at);
  }

  /** What searches see at a moment (milliseconds). */
  searched(type: ObjectType, now: number): SearchView {
    return this.#indexes?.[type].settle(now) ?? viewOf(this.of[type]);
  }
}

/** One thing per object type. */
export function perType<T>(make: (type: ObjectType) => T): Record<ObjectType, T> {
  return Object.fromEntries(objectTypes.map((type) => [type, make(type)])) as Record<ObjectType, T>;
}

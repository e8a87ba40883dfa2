import type { ObjectType, PortalRecord } from '../../portals/portal.ts';
import { ModifiedOrder } from './modified-order.ts';
import { compareIds, idAfter, isRecordId } from './record-id.ts';
import { absorbedIds, modifiedAt, propertyValue } from './record-values.ts';
import { SortedList } from './sorted-list.ts';

/** All records of one object type: by id, in id order, in order of last change, and by unique values when asked for. */
export class RecordCollection {
  readonly type: ObjectType;
  readonly #records = new Map<string, PortalRecord>();
  readonly #live: SortedList<string>;
  readonly #archived: SortedList<string>;
  readonly #modified = new ModifiedOrder();
  readonly #modifiedAt = new Map<string, number>();
  readonly #merged = new Map<string, string>();
  readonly #indexes = new Map<string, Map<string, string>>();
  #highestId = '0';
  #version = 0;

  constructor(type: ObjectType, records: readonly PortalRecord[]) {
    this.type = type;
    for (const record of records) {
      if (this.#records.has(record.id)) throw new Error(`The portal holds two ${type} with the id ${record.id}`);
      this.#keep(record);
    }
    const all = [...this.#records.values()];
    this.#live = new SortedList(
      compareIds,
      all.filter((each) => !each.archived).map((each) => each.id),
    );
    this.#archived = new SortedList(
      compareIds,
      all.filter((each) => each.archived).map((each) => each.id),
    );
    for (const id of this.#live.values) this.#modified.set(id, this.modifiedAt(id));
  }

  /** Grows with every change; a result computed at the same version still holds. */
  get version(): number {
    return this.#version;
  }

  /** How many records are not archived. */
  get size(): number {
    return this.#live.values.length;
  }

  /** The record under this id, archived or not. */
  get(id: string): PortalRecord | undefined {
    return this.#records.get(id);
  }

  /** True for a record that exists and is not archived. */
  isLive(id: string): boolean {
    return this.#records.get(id)?.archived === false;
  }

  /** The record an id stands for after merges: the one that lists it in `hs_merged_object_ids`, or its own. */
  resolve(id: string): PortalRecord | undefined {
    const own = this.#records.get(id);
    if (own && !own.archived) return own;
    const survivor = this.#merged.get(id);
    return survivor === undefined ? own : this.#records.get(survivor);
  }

  /** Every record in id order, archived ones too. */
  all(): PortalRecord[] {
    return [...this.#records.values()].sort((a, b) => compareIds(a.id, b.id));
  }

  /** Ids in ascending order. */
  ids({ archived = false } = {}): SortedList<string> {
    return archived ? this.#archived : this.#live;
  }

  /** Milliseconds of a record's last change. */
  modifiedAt(id: string): number {
    return this.#modifiedAt.get(id) ?? Number.NaN;
  }

  /** The live records changed from `from` to `to` inclusive (milliseconds), in order of last change. */
  modifiedBetween(from: number, to: number): ReturnType<ModifiedOrder['between']> {
    return this.#modified.between(from, to);
  }

  /** The live record whose property has this value, compared without case; the property should be unique. */
  findBy(name: string, value: string): PortalRecord | undefined {
    let index = this.#indexes.get(name);
    if (!index) {
      index = new Map();
      for (const id of this.#live.values) this.#index(name, index, this.#records.get(id) as PortalRecord);
      this.#indexes.set(name, index);
    }
    const id = index.get(value.toLowerCase());
    return id === undefined ? undefined : this.#records.get(id);
  }

  /** The id a new record gets: higher than every one there ever was, so that none comes back as another record. */
  nextId(): string {
    return idAfter(this.#highestId);
  }

  /** Keeps an id from being given to a new record. */
  reserve(id: string): void {
    if (compareIds(id, this.#highestId) > 0) this.#highestId = id;
  }

  /** Stores a new or changed record. */
  put(record: PortalRecord): void {
    const before = this.#records.get(record.id);
    if (before) this.#forget(before);
    this.#keep(record);
    if (before?.archived !== record.archived) {
      if (before) this.ids({ archived: before.archived }).remove(record.id);
      this.ids({ archived: record.archived }).add(record.id);
    }
    if (!record.archived) {
      this.#modified.set(record.id, this.modifiedAt(record.id));
      for (const [name, index] of this.#indexes) this.#index(name, index, record);
    }
    this.#version += 1;
  }

  /** Takes a record out for good. */
  remove(id: string): void {
    const record = this.#records.get(id);
    if (!record) return;
    this.#forget(record);
    this.ids({ archived: record.archived }).remove(id);
    this.#records.delete(id);
    this.#modifiedAt.delete(id);
    this.#version += 1;
  }

  /** Takes out what is known of a record by its values. */
  #forget(record: PortalRecord): void {
    if (record.archived) return;
    this.#modified.set(record.id, undefined);
    for (const [name, index] of this.#indexes) {
      const value = propertyValue(this.type, record, name)?.toLowerCase();
      if (value && index.get(value) === record.id) index.delete(value);
    }
  }

  #keep(record: PortalRecord): void {
    if (!isRecordId(record.id)) throw new Error(`Record id "${record.id}" of ${this.type} is not a decimal number`);
    const at = modifiedAt(this.type, record);
    if (Number.isNaN(at)) throw new Error(`Record ${record.id} of ${this.type} has no readable modified date`);
    this.#records.set(record.id, record);
    this.#modifiedAt.set(record.id, at);
    this.reserve(record.id);
    for (const old of absorbedIds(record)) {
      this.#merged.set(old, record.id);
      this.reserve(old);
    }
  }

  #index(name: string, index: Map<string, string>, record: PortalRecord): void {
    const value = propertyValue(this.type, record, name);
    if (value) index.set(value.toLowerCase(), record.id);
  }
}

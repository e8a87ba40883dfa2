import type { ObjectType, PortalRecord } from '../../portals/portal.ts';
import { compareIds, isRecordId } from './record-id.ts';
import { modifiedAt, propertyValue } from './record-values.ts';
import { SortedList } from './sorted-list.ts';

interface Moment {
  readonly at: number;
  readonly id: string;
}

const byMoment = (a: Moment, b: Moment): number => a.at - b.at || compareIds(a.id, b.id);

/** All records of one object type: by id, in id order, in order of last change, and by unique values when asked for. */
export class RecordCollection {
  readonly type: ObjectType;
  readonly #records = new Map<string, PortalRecord>();
  readonly #live: SortedList<string>;
  readonly #archived: SortedList<string>;
  readonly #modified: SortedList<Moment>;
  readonly #modifiedAt = new Map<string, number>();
  readonly #merged = new Map<string, string>();
  readonly #indexes = new Map<string, Map<string, string>>();
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
    this.#modified = new SortedList(
      byMoment,
      this.#live.values.map((id) => ({ at: this.modifiedAt(id), id })),
    );
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

  /** Positions, in order of last change, of the live records changed from `from` to `to` inclusive (milliseconds). */
  modifiedBetween(from: number, to: number): { readonly count: number; ids(): string[] } {
    const start = this.#modified.firstAtOrAfter({ at: from, id: '' });
    const end = this.#modified.firstAtOrAfter({ at: to + 1, id: '' });
    return {
      count: Math.max(0, end - start),
      ids: () => this.#modified.values.slice(start, end).map((each) => each.id),
    };
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

  /** Stores a new or changed record. */
  put(record: PortalRecord): void {
    const before = this.#records.get(record.id);
    if (before && !before.archived) this.#modified.remove({ at: this.modifiedAt(record.id), id: record.id });
    this.#keep(record);
    if (!record.archived) this.#modified.add({ at: this.modifiedAt(record.id), id: record.id });
    if (before?.archived !== record.archived) {
      if (before) this.ids({ archived: before.archived }).remove(record.id);
      this.ids({ archived: record.archived }).add(record.id);
    }
    for (const [name, index] of this.#indexes) {
      const old = before && propertyValue(this.type, before, name)?.toLowerCase();
      if (old && index.get(old) === record.id) index.delete(old);
      if (!record.archived) this.#index(name, index, record);
    }
    this.#version += 1;
  }

  #keep(record: PortalRecord): void {
    if (!isRecordId(record.id)) throw new Error(`Record id "${record.id}" of ${this.type} is not a decimal number`);
    const at = modifiedAt(this.type, record);
    if (Number.isNaN(at)) throw new Error(`Record ${record.id} of ${this.type} has no readable modified date`);
    this.#records.set(record.id, record);
    this.#modifiedAt.set(record.id, at);
    for (const old of record.properties.hs_merged_object_ids?.split(';') ?? []) {
      if (old) this.#merged.set(old, record.id);
    }
  }

  #index(name: string, index: Map<string, string>, record: PortalRecord): void {
    const value = propertyValue(this.type, record, name);
    if (value) index.set(value.toLowerCase(), record.id);
  }
}

import type { ObjectType, Portal, PortalDefinition, PortalEvent, PortalRecord } from '../../portals/portal.ts';
import { objectTypes } from '../../portals/portal.ts';
import { defaultProperties } from '../facts/properties/default-properties.ts';
import { stageProperties } from '../facts/properties/stage-properties.ts';
import { type AssociatedRecord, AssociationGraph } from './association-graph.ts';
import { type ChangeSource, changedInHubSpot, changedRecord } from './changed-record.ts';
import { PropertyRegistry } from './property-registry.ts';
import { RecordCollection } from './record-collection.ts';

/** A HubSpot account in memory: what it holds now, and the events still to come. */
export class PortalState {
  readonly definition: PortalDefinition;
  readonly records: Readonly<Record<ObjectType, RecordCollection>>;
  readonly properties: Readonly<Record<ObjectType, PropertyRegistry>>;
  readonly associations = new AssociationGraph();
  #future: readonly PortalEvent[];

  constructor({ definition, records, future }: Portal) {
    this.definition = definition;
    this.#future = [...future].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    this.records = perType((type) => new RecordCollection(type, records[type]));
    this.properties = perType(
      (type) =>
        new PropertyRegistry(
          type,
          [...defaultProperties(type), ...stageProperties(this.pipelines(type))],
          definition.properties[type] ?? [],
          definition.asOf,
        ),
    );
    for (const type of objectTypes) {
      for (const record of records[type]) this.#associate(type, record.id, record.associations);
    }
  }

  /** Events that have not happened yet, in order. */
  get future(): readonly PortalEvent[] {
    return this.#future;
  }

  /** The pipelines of an object type; most types have none. */
  pipelines(type: ObjectType): PortalDefinition['pipelines']['tickets'] {
    return type === 'tickets' || type === 'deals' ? this.definition.pipelines[type] : [];
  }

  /** The live records of type `to` associated with a live record, in id order. */
  associated(from: ObjectType, id: string, to: ObjectType): AssociatedRecord[] {
    if (!this.#isLive(from, id)) return [];
    return this.associations.of(from, id, to).filter((each) => this.#isLive(to, each.id));
  }

  /** Changes a record's values at a moment (ISO 8601 UTC), as a person would unless another source is named. */
  update(
    type: ObjectType,
    id: string,
    changes: Readonly<Record<string, string | null>>,
    at: string,
    source: ChangeSource = changedInHubSpot,
  ): PortalRecord {
    const record = this.#existing(type, id);
    const changed = changedRecord(type, record, changes, at, source);
    this.records[type].put(changed);
    return changed;
  }

  /** Moves a record to the recycling bin. */
  archive(type: ObjectType, id: string, at: string): void {
    this.records[type].put({ ...this.#existing(type, id), archived: true, archivedAt: at, updatedAt: at });
  }

  /** Plays one event of the portal's future. */
  play({ type, id, at, change, properties = {}, associations }: PortalEvent): void {
    if (change === 'archive') this.archive(type, id, at);
    if (change === 'update') this.update(type, id, properties, at);
    if (change === 'create') {
      this.records[type].put({ id, properties, createdAt: at, updatedAt: at, archived: false });
    }
    this.#associate(type, id, associations);
  }

  /** Plays every event up to and including a moment (ISO 8601 UTC); answers how many there were. */
  advance(to: string): number {
    const limit = Date.parse(to);
    const due = this.#future.filter((event) => Date.parse(event.at) <= limit);
    this.#future = this.#future.slice(due.length);
    for (const event of due) this.play(event);
    return due.length;
  }

  #associate(type: ObjectType, id: string, targets: PortalRecord['associations'] = {}): void {
    for (const to of objectTypes) {
      for (const target of targets[to] ?? []) this.associations.associate(type, id, to, target);
    }
  }

  #isLive(type: ObjectType, id: string): boolean {
    return this.records[type].get(id)?.archived === false;
  }

  #existing(type: ObjectType, id: string): PortalRecord {
    const record = this.records[type].get(id);
    if (!record) throw new Error(`The portal holds no ${type} record ${id}`);
    return record;
  }
}

function perType<T>(make: (type: ObjectType) => T): Record<ObjectType, T> {
  return Object.fromEntries(objectTypes.map((type) => [type, make(type)])) as Record<ObjectType, T>;
}

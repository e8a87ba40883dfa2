import type {
  Association,
  ObjectType,
  Pipeline,
  PipelineStage,
  Portal,
  PortalDefinition,
  PortalEvent,
  PortalRecord,
} from '../../portals/portal.ts';
import { defaultProperties } from '../facts/properties/default-properties.ts';
import { stageProperties } from '../facts/properties/stage-properties.ts';
import { isStaged, stageEffects } from '../facts/stage-effects.ts';
import type { AssociatedRecord, AssociationGraph } from './association-graph.ts';
import { type ChangeSource, calculated, changedInHubSpot, changedRecord, createdRecord } from './changed-record.ts';
import { erase, purge } from './erasure.ts';
import { mergedRecord } from './merged-record.ts';
import { type StagePlace, withStageMetadata } from './pipeline-edit.ts';
import { type ChangeFeed, type Doing, newValues, valuesMoved } from './portal-change.ts';
import { PortalRecords, perType } from './portal-records.ts';
import { PropertyRegistry } from './property-registry.ts';
import type { RecordCollection } from './record-collection.ts';
import type { SearchIndexRules } from './search-index.ts';
import type { SearchView } from './search-view.ts';
import { type Reopening, stageMeaning, stageValues } from './stage-values.ts';

type Values = Readonly<Record<string, string | null>>;

/** Where HubSpot's behaviour is not documented, or varies. */
export interface PortalBehaviour {
  /** Searches know of every change at once unless this is stated. */
  readonly searchIndex?: SearchIndexRules | undefined;
  readonly reopening?: Reopening | undefined;
}

/**
 * A HubSpot account in memory: what it holds now, and the events still to come. Its operations are what people do in
 * HubSpot; `at` is their moment, ISO 8601 UTC. They throw where a record they name does not exist.
 */
export class PortalState {
  readonly records: Readonly<Record<ObjectType, RecordCollection>>;
  readonly properties: Readonly<Record<ObjectType, PropertyRegistry>>;
  readonly associations: AssociationGraph;
  /** Tells of everything people and apps change; what HubSpot computes does not count. */
  readonly changes: ChangeFeed;
  readonly #records: PortalRecords;
  readonly #reopening: Reopening;
  #definition: PortalDefinition;
  #future: readonly PortalEvent[];

  constructor(portal: Portal, { searchIndex, reopening = 'blanks closing dates' }: PortalBehaviour = {}) {
    const { definition, future } = portal;
    this.#definition = definition;
    this.#future = [...future].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    this.#reopening = reopening;
    this.#records = new PortalRecords(portal, searchIndex);
    this.records = this.#records.of;
    this.associations = this.#records.associations;
    this.changes = this.#records.changes;
    this.properties = perType(
      (type) =>
        new PropertyRegistry(
          type,
          [...defaultProperties(type), ...stageProperties(this.pipelines(type))],
          definition.properties[type] ?? [],
          definition.asOf,
        ),
    );
  }

  get definition(): PortalDefinition {
    return this.#definition;
  }

  /** Events that have not happened yet, in order. */
  get future(): readonly PortalEvent[] {
    return this.#future;
  }

  /** The pipelines of an object type; most types have none. */
  pipelines(type: ObjectType): readonly Pipeline[] {
    return isStaged(type) ? this.#definition.pipelines[type] : [];
  }

  /** The live records of type `to` associated with a live record, in id order. */
  associated(from: ObjectType, id: string, to: ObjectType): AssociatedRecord[] {
    return this.#records.associated(from, id, to);
  }

  /** What searches see at a moment (milliseconds). */
  searched(type: ObjectType, now: number): SearchView {
    return this.#records.searched(type, now);
  }

  /** Adds a record, under the next id unless one is given; the stage it starts in has its effects. */
  create(
    type: ObjectType,
    given: Pick<Partial<PortalRecord>, 'id' | 'properties' | 'associations'>,
    at: string,
    source: ChangeSource = changedInHubSpot,
  ): PortalRecord {
    const { id = this.records[type].nextId(), properties = {}, associations } = given;
    if (this.records[type].get(id)) throw new Error(`The portal already holds a ${type} record ${id}`);
    const staged = this.#stageValues(type, createdRecord(id, {}, { at, source }), properties, at);
    const record = this.#records.put(type, createdRecord(id, { ...properties, ...staged }, { at, source }), at);
    const told = () => newValues(type, undefined, { ...properties, ...this.properties[type].settable(staged) });
    this.changes.tell(() => ({ change: 'created', type, id, values: told(), by: { at, source } }));
    this.#records.associate(type, id, associations, { at, source });
    return record;
  }

  /** Changes a record's values, as a person would unless another source is named; a change of stage has its effects. */
  update(
    type: ObjectType,
    id: string,
    changes: Values,
    at: string,
    source: ChangeSource = changedInHubSpot,
  ): PortalRecord {
    const record = this.#records.existing(type, id);
    const staged = this.#stageValues(type, record, changes, at);
    const changed = changedRecord(type, record, { ...changes, ...staged }, { at, source });
    const told = () => newValues(type, record, { ...changes, ...this.properties[type].settable(staged) });
    this.#records.put(type, changed, at);
    this.changes.tell(() => ({ change: 'changed', type, id, values: told(), by: { at, source } }));
    return changed;
  }

  /** Changes values as HubSpot's own calculations do: no modified date moves (estuary/connectors issue 3515). */
  recalculate(type: ObjectType, id: string, changes: Values, at: string): PortalRecord {
    const moment = { at, source: calculated, modifies: false };
    return this.#records.put(type, changedRecord(type, this.#records.existing(type, id), changes, moment), at);
  }

  /** Moves modified dates and nothing else, as bulk jobs do, all to one millisecond (airbytehq/airbyte issue 43317). */
  touch(type: ObjectType, ids: readonly string[], at: string): void {
    for (const id of ids) {
      const record = this.#records.existing(type, id);
      this.#records.put(type, changedRecord(type, record, {}, { at, source: calculated }), at);
    }
  }

  /** Moves a record to the recycle bin; no modified date moves (airbytehq/airbyte issue 19838). */
  archive(type: ObjectType, id: string, at: string, source: ChangeSource = changedInHubSpot): void {
    const record = this.#records.existing(type, id);
    if (record.archived) return;
    this.#records.put(type, { ...record, archived: true, archivedAt: at }, at);
    this.changes.tell(() => ({ change: 'archived', type, id, by: { at, source } }));
  }

  /** Takes a record out of the recycle bin. Whether that moves its modified date is not documented. */
  restore(type: ObjectType, id: string, at: string, { touch = false }: { touch?: boolean } = {}): void {
    const { archivedAt: _archivedAt, ...binned } = this.#records.existing(type, id);
    const record = { ...binned, archived: false };
    const source = changedInHubSpot;
    this.#records.put(type, touch ? changedRecord(type, record, {}, { at, source }) : record, at);
    if (binned.archived) this.changes.tell(() => ({ change: 'restored', type, id, by: { at, source } }));
  }

  /**
   * Makes two records one under a new id (docs: merge records), with the associations of both and without any change to
   * the records at their other ends. Both old ids lead to it from then on where HubSpot redirects them.
   */
  merge(
    type: ObjectType,
    primaryId: string,
    otherId: string,
    at: string,
    source: ChangeSource = changedInHubSpot,
  ): PortalRecord {
    if (primaryId === otherId) throw new Error(`The ${type} record ${primaryId} cannot be merged with itself`);
    const [primary, other] = [primaryId, otherId].map((id) => this.#records.existing(type, id)) as [
      PortalRecord,
      PortalRecord,
    ];
    const id = this.records[type].nextId();
    const merged = this.#records.put(type, mergedRecord(type, id, primary, other, at), at);
    for (const old of [primary, other]) {
      this.associations.move(type, old.id, id);
      this.#records.remove(type, old.id, at);
    }
    this.changes.tell(() => {
      const moved = valuesMoved(type, primary, other);
      return { change: 'merged', type, id, primaryId, otherId, valuesMoved: moved, by: { at, source } };
    });
    return merged;
  }

  /** Deletes a record for good, archived or not. What other records repeat of a contact is blanked, and they are modified. */
  erase(type: ObjectType, id: string, at: string, source: ChangeSource = changedInHubSpot): void {
    const wasArchived = this.#records.existing(type, id).archived;
    erase(this.#records, type, id, at);
    this.changes.tell(() => ({ change: 'erased', type, id, wasArchived, by: { at, source } }));
  }

  /** Takes out what has been in the recycle bins for 90 days; answers how many records that were. */
  purge(at: string): number {
    return purge(this.#records, at);
  }

  /** Associates two records; no modified date moves (airbytehq/airbyte issue 27199). */
  associate(from: ObjectType, fromId: string, to: ObjectType, association: Association, by?: Doing): void {
    this.#records.existing(from, fromId);
    this.#records.existing(to, typeof association === 'string' ? association : association.id);
    this.#records.associate(from, fromId, { [to]: [association] }, by);
  }

  /** Takes every association between two records away; no modified date moves. */
  disassociate(from: ObjectType, fromId: string, to: ObjectType, toId: string, by?: Doing): void {
    this.#records.disassociate({ type: from, id: fromId }, { type: to, id: toId }, by);
  }

  /**
   * Changes what a stage means: the records in it are recalculated. With `touch`, every record of the pipeline gets a new
   * modified date, as was seen of deals (PipedreamHQ/pipedream issue 4209).
   */
  changeStage(
    place: StagePlace,
    metadata: PipelineStage['metadata'],
    at: string,
    { touch = false }: { touch?: boolean } = {},
  ): void {
    const { definition, stage } = withStageMetadata(this.#definition, place, metadata);
    const effects = stageEffects[place.type];
    this.#definition = definition;
    for (const record of this.records[place.type].all()) {
      if (record.properties[effects.pipeline] !== place.pipeline) continue;
      const values = record.properties[effects.stage] === place.stage ? stageMeaning(place.type, record, stage) : {};
      if (!touch && Object.keys(values).length === 0) continue;
      const moment = { at, source: calculated, modifies: touch };
      this.#records.put(place.type, changedRecord(place.type, record, values, moment), at);
    }
  }

  /** Plays one event of the portal's future; it reaches a merged record, and passes over one that is gone. */
  play({ type, id, at, change, properties = {}, associations }: PortalEvent): void {
    if (change === 'create') this.create(type, { id, properties }, at);
    const record = this.records[type].resolve(id);
    if (!record) return;
    if (change === 'archive') this.archive(type, record.id, at);
    if (change === 'update') this.update(type, record.id, properties, at);
    this.#records.associate(type, record.id, associations, { at });
  }

  /** Plays every event up to and including a moment and empties the recycle bins; answers how many events there were. */
  advance(to: string): number {
    const limit = Date.parse(to);
    const due = this.#future.filter((event) => Date.parse(event.at) <= limit);
    this.#future = this.#future.slice(due.length);
    for (const event of due) this.play(event);
    this.purge(to);
    return due.length;
  }

  #stageValues(type: ObjectType, record: PortalRecord, changes: Values, at: string): Values {
    return stageValues(type, record, changes, this.pipelines(type), { at, reopening: this.#reopening });
  }
}

import type { Association, ObjectType, Portal, PortalRecord, PropertyDefinition } from '../../portals/portal.ts';
import { objectTypes } from '../../portals/portal.ts';
import type { AssociatedRecord } from './association-graph.ts';
import type { PortalState } from './portal-state.ts';
import type { LiveProperty } from './property-registry.ts';

/**
 * The account as it stands, as a portal that can be saved and loaded again: `asOf` moves to the given moment, created
 * properties and changed options join the definition. Unique-value flags of properties have no place in that format.
 */
export function snapshotOf(state: PortalState, asOf: string): Portal {
  const { definition } = state;
  const records = Object.fromEntries(
    objectTypes.map((type) => [type, state.records[type].all().map((record) => withAssociations(state, type, record))]),
  ) as Record<ObjectType, PortalRecord[]>;
  const properties = Object.fromEntries(objectTypes.map((type) => [type, ownProperties(state, type)]));
  return { definition: { ...definition, asOf, properties }, records, future: state.future };
}

function ownProperties(state: PortalState, type: ObjectType): PropertyDefinition[] {
  const stated = new Set(state.definition.properties[type]?.map((each) => each.name));
  return state.properties[type]
    .list()
    .filter((each) => !each.hubspotDefined || stated.has(each.name) || each.updatedAt !== state.definition.asOf)
    .map(asDefinition);
}

function asDefinition(property: LiveProperty): PropertyDefinition {
  const { name, label, type, fieldType, groupName, description, options, readOnly } = property;
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    ...(description !== undefined && { description }),
    ...(options !== undefined && { options }),
    ...(readOnly !== undefined && { readOnly }),
  };
}

function withAssociations(state: PortalState, type: ObjectType, record: PortalRecord): PortalRecord {
  const { associations: _stated, ...rest } = record;
  const earlier = objectTypes.slice(0, objectTypes.indexOf(type));
  const entries = earlier
    .map((to) => [to, state.associations.of(type, record.id, to).flatMap(asAssociations)] as const)
    .filter(([, targets]) => targets.length > 0);
  return entries.length === 0 ? rest : { ...rest, associations: Object.fromEntries(entries) };
}

function asAssociations({ id, types }: AssociatedRecord): Association[] {
  const labelled = types.filter((type) => type.label !== null || type.category === 'USER_DEFINED');
  if (labelled.length === 0) return [id];
  return labelled.map(({ typeId, label }) => ({ id, typeId, ...(label !== null && { label }) }));
}

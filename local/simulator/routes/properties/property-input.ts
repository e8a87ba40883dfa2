import type { ObjectType, PropertyDefinition } from '../../../portals/portal.ts';
import { propertyLimits } from '../../facts/limits.ts';
import { fieldTypesOf } from '../../facts/property-pairs.ts';
import { alreadyExists, invalid } from '../../http/refusals.ts';
import type { PortalState } from '../../state/portal-state.ts';
import type { LiveProperty } from '../../state/property-registry.ts';

export type NewProperty = PropertyDefinition & Partial<LiveProperty>;

const required = ['name', 'label', 'type', 'fieldType', 'groupName'] as const;
const optional = ['description', 'displayOrder', 'hidden', 'formField', 'hasUniqueValue', 'options'] as const;

/** Reads and checks a definition to create (spec: PropertyCreate). Whether values are read-only cannot be asked for. */
export function newPropertyOf(portal: PortalState, type: ObjectType, given: Record<string, unknown>): NewProperty {
  const missing = required.filter((name) => typeof given[name] !== 'string' || given[name] === '');
  if (missing.length > 0) {
    throw invalid(
      `Invalid input JSON on line 1, column 1: some of required attributes are not set [${missing.join(', ')}]`,
    );
  }
  const property = pick(given, [...required, ...optional]) as unknown as NewProperty;
  const registry = portal.properties[type];
  if (!/^[a-z][a-z0-9_]*$/.test(property.name)) {
    throw invalid(`Property name ${property.name} must start with a letter and hold only a-z, 0-9 and _`);
  }
  if (registry.find(property.name)) {
    // Observed on a live account in 2026; the property stays as it was.
    throw alreadyExists(`A property named '${property.name}' already exists.`, 'Properties.PROPERTY_WITH_NAME_EXISTS');
  }
  checkShape(property);
  if (!registry.hasGroup(property.groupName ?? ''))
    throw invalid(`Property group ${property.groupName} does not exist`);
  const unique = registry.list().filter((each) => each.hasUniqueValue).length;
  if (property.hasUniqueValue && unique >= propertyLimits.uniquePerObject) {
    throw invalid(`${type} may have at most ${propertyLimits.uniquePerObject} properties with unique values`);
  }
  return property;
}

const updatable = [
  'label',
  'type',
  'fieldType',
  'groupName',
  'description',
  'displayOrder',
  'hidden',
  'formField',
  'options',
];

/** The definition after a PATCH: fields sent replace, options as a whole list (observed), the others stay. */
export function changedProperty(property: LiveProperty, given: Record<string, unknown>): LiveProperty {
  const changed = { ...property, ...pick(given, updatable) } as LiveProperty;
  checkShape(changed);
  return changed;
}

function checkShape({ type, fieldType, options }: NewProperty): void {
  if (!Object.hasOwn(fieldTypesOf, type)) throw invalid(`${type} is not a property type`);
  if (!fieldTypesOf[type].includes(fieldType)) throw invalid(`fieldType ${fieldType} is not valid for type ${type}`);
  const values = (options ?? []).map((option) => option.value);
  if ((type === 'enumeration' || type === 'bool') && values.length === 0) {
    throw invalid(`options are required for properties of type ${type}`);
  }
  if (new Set(values).size < values.length) throw invalid('option values must be unique');
}

function pick(given: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}

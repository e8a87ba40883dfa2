import type { PropertyDefinition } from '../../../portals/portal.ts';

type Labels = Readonly<Record<string, string>>;

const many =
  (type: PropertyDefinition['type'], fieldType: string) =>
  (labels: Labels): readonly PropertyDefinition[] =>
    Object.entries(labels).map(([name, label]) => ({ name, label, type, fieldType }));

/** Single-line text properties, name to label. */
export const texts = many('string', 'text');
/** Multi-line text properties, name to label. */
export const longTexts = many('string', 'textarea');
/** Number properties, name to label. */
export const numbers = many('number', 'number');
/** Properties that hold a moment, name to label. */
export const dateTimes = many('datetime', 'date');
/** Yes-or-no properties, name to label. */
export const bools = many('bool', 'booleancheckbox');
/** Enumerations whose values the simulator does not constrain, name to label. */
export const openChoices = many('enumeration', 'select');
/** Telephone numbers, name to label. */
export const phones = many('string', 'phonenumber');

/** An enumeration with its allowed values; labels equal the values unless a pair is given. */
export function choice(
  name: string,
  label: string,
  values: readonly (string | readonly [value: string, label: string])[],
  fieldType: 'select' | 'radio' | 'checkbox' = 'select',
): PropertyDefinition {
  const options = values.map((each) =>
    typeof each === 'string' ? { label: each, value: each } : { value: each[0], label: each[1] },
  );
  return { name, label, type: 'enumeration', fieldType, options };
}

/** The same properties, refused on write: HubSpot computes them. */
export function readOnly(properties: readonly PropertyDefinition[]): readonly PropertyDefinition[] {
  return properties.map((property) => ({ ...property, readOnly: true }));
}

/** What every object type has (docs: object definitions, system properties). */
export const systemProperties: readonly PropertyDefinition[] = [
  ...readOnly([
    ...numbers({ hs_object_id: 'Record ID' }),
    ...dateTimes({ hs_createdate: 'Object create date/time', hs_lastmodifieddate: 'Object last modified date/time' }),
    ...texts({
      hs_object_source: 'Record source',
      hs_object_source_id: 'Record source ID',
      hs_object_source_label: 'Record source label',
      hs_merged_object_ids: 'Merged record IDs',
      hs_unique_creation_key: 'Unique creation key',
    }),
    ...numbers({ hs_created_by_user_id: 'Created by user ID', hs_updated_by_user_id: 'Updated by user ID' }),
    ...dateTimes({ hubspot_owner_assigneddate: 'Owner assigned date' }),
  ]),
  ...openChoices({ hubspot_owner_id: 'Owner', hubspot_team_id: 'HubSpot team' }),
];

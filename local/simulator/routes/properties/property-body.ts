import type { LiveProperty } from '../../state/property-registry.ts';

/** A property definition as HubSpot sends it (spec: Property). */
export function propertyBody(property: LiveProperty): Record<string, unknown> {
  const { options = [], readOnly = false, hubspotDefined } = property;
  return {
    updatedAt: property.updatedAt,
    createdAt: property.createdAt,
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: property.description ?? '',
    groupName: property.groupName,
    options: options.map((option, displayOrder) => ({ displayOrder, hidden: false, ...option })),
    displayOrder: property.displayOrder,
    calculated: property.fieldType === 'calculation_equation',
    externalOptions: property.name === 'hubspot_owner_id',
    ...(property.name === 'hubspot_owner_id' && { referencedObjectType: 'OWNER' }),
    archived: property.archived,
    ...(property.archived && { archivedAt: property.updatedAt }),
    hasUniqueValue: property.hasUniqueValue,
    hidden: property.hidden,
    hubspotDefined,
    modificationMetadata: {
      archivable: !hubspotDefined,
      readOnlyDefinition: hubspotDefined,
      readOnlyOptions: hubspotDefined && readOnly,
      readOnlyValue: readOnly,
    },
    formField: property.formField,
    dataSensitivity: 'non_sensitive',
  };
}

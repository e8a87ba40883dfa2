import type { PropertyDefinition } from '../../portals/portal.ts';

/** The field types each property type may be created with (docs: properties guide, type and fieldType values). */
export const fieldTypesOf: Readonly<Record<PropertyDefinition['type'], readonly string[]>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  string: ['text', 'textarea', 'html', 'phonenumber', 'file', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
};

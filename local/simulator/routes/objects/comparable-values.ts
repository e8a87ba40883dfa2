import type { ObjectType } from '../../../portals/portal.ts';
import { invalid } from '../../http/refusals.ts';
import type { LiveProperty } from '../../state/property-registry.ts';
import { compareIds, isRecordId } from '../../state/record-id.ts';

type Comparable = number | string;

/** How the values of a property are read and ordered in a search. */
export interface ValueOrder {
  /** Undefined when the text is no value of this kind. */
  readonly read: (text: string) => Comparable | undefined;
  readonly compare: (a: Comparable, b: Comparable) => number;
}

const byNumber = (a: Comparable, b: Comparable): number => Number(a) - Number(b);
const byText = (a: Comparable, b: Comparable): number => (a < b ? -1 : a > b ? 1 : 0);

const ids: ValueOrder = {
  read: (text) => (isRecordId(text) ? text : undefined),
  compare: (a, b) => compareIds(String(a), String(b)),
};
const numbers: ValueOrder = { read: (text) => finite(Number(text)), compare: byNumber };
/** Epoch milliseconds or ISO 8601, both accepted in filters (docs: CRM search). */
const moments: ValueOrder = {
  read: (text) => finite(/^-?\d+$/.test(text) ? Number(text) : Date.parse(text)),
  compare: byNumber,
};
/** Text compares without case, enumerations with (docs: CRM search). */
const texts: ValueOrder = { read: (text) => text.toLowerCase(), compare: byText };
const exact: ValueOrder = { read: (text) => text, compare: byText };

const orders: Readonly<Record<LiveProperty['type'], ValueOrder>> = {
  number: numbers,
  date: moments,
  datetime: moments,
  string: texts,
  phone_number: texts,
  enumeration: exact,
  bool: exact,
};

/** The order of a property's values. */
export function valueOrderOf(property: LiveProperty): ValueOrder {
  return property.name === 'hs_object_id' ? ids : orders[property.type];
}

/** A filter's own value, refused when it is none of the property's kind. */
export function operandOf(type: ObjectType, property: LiveProperty, text: string): Comparable {
  const value = valueOrderOf(property).read(text);
  if (value === undefined)
    throw invalid(`Invalid value "${text}" for ${property.type} property ${property.name} of ${type}`);
  return value;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

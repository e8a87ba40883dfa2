import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts, objectTypeNamed } from '../../facts/object-types.ts';
import { invalid } from '../../http/refusals.ts';
import type { PortalState } from '../../state/portal-state.ts';
import type { LiveProperty } from '../../state/property-registry.ts';
import { propertyValue } from '../../state/record-values.ts';
import { operandOf, valueOrderOf } from './comparable-values.ts';
import type { SearchFilter, SearchOperator } from './search-filter.ts';
import { tokenMatcher } from './tokens.ts';

/** Whether a record fulfils a condition. */
export type Predicate = (record: PortalRecord) => boolean;
type ValueTest = (value: string) => boolean;
type TestMaker = (filter: SearchFilter, property: LiveProperty, type: ObjectType) => ValueTest;

const ordered =
  (holds: (difference: number) => boolean): TestMaker =>
  (filter, property, type) => {
    const { read, compare } = valueOrderOf(property);
    const operand = operandOf(type, property, filter.value);
    return (text) =>
      parts(property, text).some((part) => {
        const value = read(part);
        return value !== undefined && holds(compare(value, operand));
      });
  };

const between: TestMaker = (filter, property, type) => {
  const above = ordered((difference) => difference >= 0)(filter, property, type);
  const below = ordered((difference) => difference <= 0)({ ...filter, value: filter.highValue }, property, type);
  return (text) => above(text) && below(text);
};

/** Listed values are taken as they are: an upper-case one never meets text, which is compared in lower case (docs). */
const listed: TestMaker = ({ values }, property) => {
  const { read } = valueOrderOf(property);
  const text = property.type === 'string' || property.type === 'phone_number';
  const wanted = new Set(values.map((value) => (text ? value : read(value))));
  return (value) => parts(property, value).some((part) => wanted.has(read(part)));
};

const not =
  (make: TestMaker): TestMaker =>
  (...given) => {
    const test = make(...given);
    return (value) => !test(value);
  };

const token: TestMaker = (filter) => tokenMatcher(filter.value);
const equal = ordered((difference) => difference === 0);

/** Tests of a value that is set; an unset one fails them all, negations included (uncertain for negations). */
const tests: Readonly<Record<Exclude<SearchOperator, 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY'>, TestMaker>> = {
  EQ: equal,
  NEQ: not(equal),
  LT: ordered((difference) => difference < 0),
  LTE: ordered((difference) => difference <= 0),
  GT: ordered((difference) => difference > 0),
  GTE: ordered((difference) => difference >= 0),
  BETWEEN: between,
  IN: listed,
  NOT_IN: not(listed),
  CONTAINS_TOKEN: token,
  NOT_CONTAINS_TOKEN: not(token),
};

/** What a filter asks of a record. */
export function predicateOf(portal: PortalState, type: ObjectType, filter: SearchFilter): Predicate {
  const { propertyName, operator } = filter;
  if (propertyName.startsWith('associations.')) return associatedWith(portal, type, filter);
  if (objectTypeFacts[type].unsearchable.includes(propertyName)) return () => false;
  const property = portal.properties[type].find(propertyName);
  // How HubSpot answers an unknown property is not documented; a refusal is the louder choice.
  if (!property) throw invalid('There was a problem with the request.');
  if (operator === 'HAS_PROPERTY') return (record) => Boolean(propertyValue(type, record, propertyName));
  if (operator === 'NOT_HAS_PROPERTY') return (record) => !propertyValue(type, record, propertyName);
  const test = tests[operator](filter, property, type);
  return (record) => {
    const value = propertyValue(type, record, propertyName);
    return value !== null && value !== '' && test(value);
  };
}

/** The pseudo-property `associations.{objectType}` takes an id (docs: CRM search, associations). */
function associatedWith(portal: PortalState, type: ObjectType, filter: SearchFilter): Predicate {
  const to = objectTypeNamed(filter.propertyName.slice('associations.'.length));
  if (!to || (filter.operator !== 'EQ' && filter.operator !== 'IN'))
    throw invalid('There was a problem with the request.');
  const ids = filter.operator === 'EQ' ? [filter.value] : filter.values;
  return (record) => ids.some((id) => portal.associations.has(type, record.id, to, id));
}

function parts(property: LiveProperty, value: string): readonly string[] {
  return property.fieldType === 'checkbox' ? value.split(';') : [value];
}

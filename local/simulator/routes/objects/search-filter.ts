import { invalid } from '../../http/refusals.ts';

/** What a search operator needs beside its property (docs: CRM search, operators). */
const operands = {
  EQ: ['value'],
  NEQ: ['value'],
  LT: ['value'],
  LTE: ['value'],
  GT: ['value'],
  GTE: ['value'],
  BETWEEN: ['value', 'highValue'],
  IN: ['values'],
  NOT_IN: ['values'],
  HAS_PROPERTY: [],
  NOT_HAS_PROPERTY: [],
  CONTAINS_TOKEN: ['value'],
  NOT_CONTAINS_TOKEN: ['value'],
} as const satisfies Record<string, readonly ('value' | 'highValue' | 'values')[]>;

export type SearchOperator = keyof typeof operands;

/** One condition of a search. */
export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: SearchOperator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

/** Reads a filter as sent. The messages are those of hubspot-api-nodejs issues 226 (attributes) and 128 (highValue). */
export function filterOf(given: Readonly<Record<string, unknown>>): SearchFilter {
  const missing = ['propertyName', 'operator'].filter((name) => typeof given?.[name] !== 'string');
  if (missing.length > 0) {
    throw invalid(
      `Invalid input JSON on line 1, column 1: Cannot build Filter, some of required attributes are not set [${missing.join(', ')}]`,
    );
  }
  const { propertyName, operator } = given as { propertyName: string; operator: string };
  if (!isOperator(operator))
    throw invalid(`Invalid input JSON on line 1, column 1: ${operator} is not a filter operator`);
  for (const operand of operands[operator]) {
    const value = given[operand];
    if (value === undefined || value === null) throw invalid(`operator ${operator} requires a ${operand}`);
    if (operand === 'values' && !Array.isArray(value)) throw invalid(`operator ${operator} requires a list of values`);
  }
  return {
    propertyName,
    operator,
    value: String(given.value ?? ''),
    highValue: String(given.highValue ?? ''),
    values: Array.isArray(given.values) ? given.values.map(String) : [],
  };
}

function isOperator(name: string): name is SearchOperator {
  return Object.hasOwn(operands, name);
}

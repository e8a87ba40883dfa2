import { moment, number } from './properties/readers.ts';

/** How values of one type travel. HubSpot has no type for scores: number, enumeration, datetime and text stand in. */
interface OutputTypeRules {
  /** `type` and `fieldType` of the property (https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide). */
  readonly hubspot: { readonly type: string; readonly fieldType: string };
  /** A value as HubSpot takes it; null where it is of another type. */
  write(value: string | number | boolean): string | null;
  /** Whether two texts, neither empty, mean the same value: HubSpot may hold `82.0` or epoch milliseconds. */
  same(held: string, wanted: string): boolean;
}

export type OutputType = 'number' | 'bool' | 'datetime' | 'enumeration' | 'string' | 'text';

/** Beyond this nothing a person reads changes, and HubSpot stores no binary noise such as 0.30000000000000004. */
const decimals = 6;

const plainNumber = (value: number): string => String(Number(value.toFixed(decimals)) || 0);

const sameBy = (read: typeof number) => (held: string, wanted: string) => {
  const [a, b] = [read(held), read(wanted)];
  return 'value' in a && 'value' in b && a.value === b.value;
};

const unified = (value: string): string => value.replaceAll('\r\n', '\n').trim();

const texts = {
  write: (value: string | number | boolean) => (typeof value === 'string' ? value : null),
  same: (held: string, wanted: string) => unified(held) === unified(wanted),
};

const isoText = (value: string | number): string | null => {
  const reading = moment(String(value));
  return 'value' in reading ? new Date(reading.value).toISOString() : null;
};

export const outputTypes: Readonly<Record<OutputType, OutputTypeRules>> = {
  number: {
    hubspot: { type: 'number', fieldType: 'number' },
    write: (value) => (typeof value === 'number' && Number.isFinite(value) ? plainNumber(value) : null),
    same: sameBy(number),
  },
  bool: {
    hubspot: { type: 'bool', fieldType: 'booleancheckbox' },
    write: (value) => (typeof value === 'boolean' ? String(value) : null),
    same: (held, wanted) => held.toLowerCase() === wanted.toLowerCase(),
  },
  datetime: {
    hubspot: { type: 'datetime', fieldType: 'date' },
    write: (value) => (typeof value === 'boolean' ? null : isoText(value)),
    same: sameBy(moment),
  },
  enumeration: { hubspot: { type: 'enumeration', fieldType: 'select' }, ...texts, same: (a, b) => a === b },
  string: { hubspot: { type: 'string', fieldType: 'text' }, ...texts },
  text: { hubspot: { type: 'string', fieldType: 'textarea' }, ...texts },
};

import type { ObjectType } from '../../portals/portal.ts';
import { objectTypeFacts, objectTypeNamed } from '../facts/object-types.ts';
import type { Answer } from '../http/answer.ts';
import { type ApiRequest, listParameter, strings } from '../http/api-request.ts';

/** How a record is answered that HubSpot cannot answer properly. */
export interface Corruption {
  readonly how: keyof typeof spoiling | 'truncates the page';
}

/** Spoils records until they are mended: in lists, searches and reads, wherever they turn up. */
export interface Corruptor {
  spoil(request: ApiRequest, answer: Answer): Answer;
  mend(): void;
}

type Row = { readonly properties?: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;

interface Told {
  readonly type: ObjectType;
  /** Properties the request names, those that every row carries left out. */
  readonly asked: readonly string[];
}

const without = (fields: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

/** A text that a careless server writes as a JSON number without loss. */
const isNumeral = (value: unknown): value is string => typeof value === 'string' && String(Number(value)) === value;

const spoiling = {
  /** The first property asked for. */
  'object for a value': (row: Row, { asked }: Told) => {
    const name = asked.find((each) => each in (row.properties ?? {}));
    return name === undefined ? row : { ...row, properties: { ...row.properties, [name]: {} } };
  },
  /** Every value that reads as a number; the value itself stays. */
  'number for a string': (row: Row) => ({
    ...row,
    properties: Object.fromEntries(
      Object.entries(row.properties ?? {}).map(([name, value]) => [name, isNumeral(value) ? Number(value) : value]),
    ),
  }),
  'no properties': (row: Row) => without(row, 'properties'),
  /** The property `hs_object_id` stays. */
  'no id': (row: Row) => without(row, 'id'),
  'no modified date': (row: Row, { type }: Told) => ({
    ...without(row, 'updatedAt'),
    properties: without(row.properties ?? {}, objectTypeFacts[type].modified),
  }),
} satisfies Record<string, (row: Row, told: Told) => Row>;

/** Spoils the records named, one way each. A page that holds one of those that truncate it is sent by half. */
export function corruptor(
  plan: readonly (Corruption & { readonly type: ObjectType; readonly id: string })[],
): Corruptor {
  let corrupt = new Map(plan.map(({ type, id, how }) => [`${type} ${id}`, how]));
  return {
    spoil: (request, answer) => {
      const type = objectTypeNamed(request.params.objectType ?? '');
      if (corrupt.size === 0 || type === undefined || !isObject(answer.body)) return answer;
      const told = { type, asked: askedFor(request, type) };
      const howOf = (row: unknown) => (isObject(row) ? corrupt.get(`${type} ${String(row.id)}`) : undefined);
      const spoiled = (row: unknown): unknown => {
        const how = howOf(row);
        return how && how !== 'truncates the page' ? spoiling[how](row as Row, told) : row;
      };
      const { results } = answer.body;
      if (!Array.isArray(results)) return { ...answer, body: spoiled(answer.body) };
      const cutShort = told.asked.length > 0 && results.some((row) => howOf(row) === 'truncates the page');
      return { ...answer, body: { ...answer.body, results: results.map(spoiled) }, ...(cutShort && { cutShort }) };
    },
    mend: () => {
      corrupt = new Map();
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function askedFor({ query, bodyText }: ApiRequest, type: ObjectType): string[] {
  const { created, modified } = objectTypeFacts[type];
  const body: unknown = bodyText === '' ? {} : JSON.parse(bodyText);
  const named = [...listParameter(query, 'properties'), ...(isObject(body) ? strings(body.properties) : [])];
  return named.filter((name) => ![created, modified, 'hs_object_id'].includes(name));
}

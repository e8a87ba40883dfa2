import type { CxRecord, Instant, Links, RecordId, RecordKind } from '#domain/records/record.ts';
import type { UnreadableRow } from '#pipeline/ports.ts';
import { absorbedIn } from './absorbed.ts';
import { objectTypes } from './object-types.ts';
import { outputNames } from './outputs.ts';
import type { Mapping, NamedLinks, PortalFacts, RawProperties } from './properties/mapping.ts';
import { moment } from './properties/readers.ts';

/** A row with every property that was asked for as text. */
export interface Row {
  readonly id: RecordId;
  readonly properties: RawProperties;
  readonly modifiedAt: Instant;
  readonly archived: boolean;
}

/** A row, or why it is none. */
export type RowReading = Row | UnreadableRow;

export const isRow = (reading: RowReading): reading is Row => !('because' in reading);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The id that stands under a name, if it is one. */
const idAt = (json: Json, name: string): RecordId | undefined => {
  const text = String(json[name]);
  return /^\d+$/.test(text) ? text : undefined;
};

/** The id of a row of any shape. */
export const rowId = (raw: unknown): RecordId | undefined => {
  if (!isObject(raw)) return undefined;
  return idAt(raw, 'id') ?? (isObject(raw.properties) ? idAt(raw.properties, 'hs_object_id') : undefined);
};

type Texts = { readonly texts: RawProperties } | { readonly because: string };

/** Properties as texts, a number or a yes/no as its text; or what stands where a text belongs. */
const textsOf = (properties: Json, names: readonly string[]): Texts => {
  const texts: Record<string, string | null> = {};
  for (const name of names) {
    const value = properties[name];
    if (typeof value === 'object' && value !== null)
      return { because: `${name} is ${Array.isArray(value) ? 'a list' : 'an object'} where a text belongs` };
    if (value !== undefined) texts[name] = value === null ? null : String(value);
  }
  return { texts };
};

const modifiedAt = (kind: RecordKind, texts: RawProperties, updatedAt: unknown): Instant | undefined => {
  for (const held of [texts[objectTypes[kind].modified], updatedAt]) {
    const reading = held ? moment(String(held)) : null;
    if (reading && 'value' in reading) return reading.value;
  }
  return undefined;
};

/** Reads a row as HubSpot answered it. What is said of an unreadable one quotes no value: it may be about a person. */
export function readRow(kind: RecordKind, raw: unknown, names: readonly string[]): RowReading {
  const unreadable = (because: string): UnreadableRow => ({ kind, id: rowId(raw) ?? '?', because });
  if (!isObject(raw)) return unreadable('the row is not an object');
  const id = idAt(raw, 'id');
  if (id === undefined) return unreadable('the row has no id');
  if (!isObject(raw.properties)) return unreadable('the row has no properties');
  const read = textsOf(raw.properties, [objectTypes[kind].modified, ...names]);
  if ('because' in read) return unreadable(read.because);
  const at = modifiedAt(kind, read.texts, raw.updatedAt);
  if (at === undefined) return unreadable('the row has no modified date');
  return { id, properties: read.texts, modifiedAt: at, archived: raw.archived === true };
}

/** Those of the properties named that are set. */
const setOf = (names: readonly string[], properties: RawProperties): Record<string, string> => {
  const held: Record<string, string> = {};
  for (const name of names) {
    const value = properties[name];
    if (value !== null && value !== undefined && value !== '') held[name] = value;
  }
  return held;
};

/** Links that the row itself names; anything but a record id is no link. */
const linksNamed = (named: NamedLinks, properties: RawProperties): Links =>
  Object.fromEntries(
    Object.entries(named).flatMap(([kind, property]) => {
      const id = properties[property]?.trim();
      return id && /^\d+$/.test(id) ? [[kind, [id]]] : [];
    }),
  );

/** A record from its row; rows carry no associations, so `links` holds only what properties name. */
export function recordFrom<K extends RecordKind>(
  kind: K,
  mapping: Mapping<K>,
  row: Row,
  portal: PortalFacts,
): CxRecord<K> {
  const { fields, problems } = mapping.read(row.properties, portal);
  const record = {
    kind,
    id: row.id,
    fields,
    links: linksNamed(mapping.namedLinks, row.properties),
    modifiedAt: row.modifiedAt,
    outputs: setOf(outputNames, row.properties),
    problems,
    raw: setOf(mapping.properties, row.properties),
    absorbed: absorbedIn(row),
  };
  return record as unknown as CxRecord<K>;
}

import type { CxRecord, Instant, Links, RecordId, RecordKind } from '#domain/records/record.ts';
import { PayloadError } from '#platform/errors.ts';
import { objectTypes } from './object-types.ts';
import { outputNames } from './outputs.ts';
import type { Mapping, NamedLinks, PortalFacts, RawProperties } from './properties/mapping.ts';
import { moment } from './properties/readers.ts';

/** A record as the generated client returns it. */
export interface Row {
  readonly id: RecordId;
  readonly properties: RawProperties;
  readonly updatedAt: Date;
}

const modifiedAt = (kind: RecordKind, row: Row): Instant => {
  const raw = row.properties[objectTypes[kind].modified];
  const reading = raw ? moment(raw) : null;
  const at = reading && 'value' in reading ? reading.value : new Date(row.updatedAt).getTime();
  if (Number.isNaN(at))
    throw new PayloadError(`A ${kind} of HubSpot's has no modified date.`, 'Report it: every record has one.');
  return at;
};

const outputsOf = (properties: RawProperties): Record<string, string> => {
  const held: Record<string, string> = {};
  for (const name of outputNames) {
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

/** A record from its row; search answers carry no associations, so `links` holds only what properties name. */
export function recordFrom<K extends RecordKind>(
  kind: K,
  mapping: Mapping<K>,
  row: Row,
  portal: PortalFacts,
): CxRecord<K> {
  const { fields, problems } = mapping.read(row.properties, portal);
  const record = {
    kind,
    id: String(row.id),
    fields,
    links: linksNamed(mapping.namedLinks, row.properties),
    modifiedAt: modifiedAt(kind, row),
    outputs: outputsOf(row.properties),
    problems,
  };
  return record as unknown as CxRecord<K>;
}

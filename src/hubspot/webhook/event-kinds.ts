import type { RecordKind } from '#domain/records/record.ts';
import { objectTypes } from '../object-types.ts';

const by = (part: 'name' | 'typeId'): ReadonlyMap<string, RecordKind> =>
  new Map(Object.entries(objectTypes).map(([kind, type]) => [type[part], kind as RecordKind]));
const byName = by('name');
const byTypeId = by('typeId');

/** The kind of a name such as `contact` or `CONTACT`. */
export const kindNamed = (name: string | undefined): RecordKind | undefined => byName.get((name ?? '').toLowerCase());
export const kindOfTypeId = (typeId: string | undefined): RecordKind | undefined => byTypeId.get(typeId ?? '');

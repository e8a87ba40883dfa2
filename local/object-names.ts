import { type RecordKind, recordKinds } from '#domain/records/record.ts';
import { objectTypes } from '#hubspot/object-types.ts';
import type { ObjectType } from './portals/portal.ts';

/** HubSpot's name for each kind of record, as reports show it. */
export const objectNames = Object.fromEntries(recordKinds.map((kind) => [kind, objectTypes[kind].path])) as Readonly<
  Record<RecordKind, ObjectType>
>;

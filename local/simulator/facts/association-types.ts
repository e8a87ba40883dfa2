import type { ObjectType } from '../../portals/portal.ts';

/** One association definition as seen from its "from" side. */
export interface AssociationTypeFacts {
  readonly from: ObjectType;
  readonly to: ObjectType;
  readonly typeId: number;
  readonly inverseTypeId: number;
  /** `Primary` for the one main company of a record; null for the plain link every associated pair has. */
  readonly label: string | null;
}

/**
 * Association type ids, there and back (docs: Associations guide, "Association type ID values"). Inferred from their
 * neighbours in that list, not read there: 297, 299 and 300 of subscriptions, and 1174.
 */
const definitions: readonly (readonly [ObjectType, ObjectType, number, number, string?])[] = [
  ['contacts', 'companies', 279, 280],
  ['contacts', 'companies', 1, 2, 'Primary'],
  ['deals', 'contacts', 3, 4],
  ['deals', 'companies', 341, 342],
  ['deals', 'companies', 5, 6, 'Primary'],
  ['tickets', 'contacts', 16, 15],
  ['tickets', 'companies', 339, 340],
  ['tickets', 'companies', 26, 25, 'Primary'],
  ['tickets', 'deals', 28, 27],
  ['calls', 'contacts', 194, 193],
  ['calls', 'companies', 182, 181],
  ['calls', 'deals', 206, 205],
  ['calls', 'tickets', 220, 219],
  ['feedback_submissions', 'contacts', 98, 97],
  ['feedback_submissions', 'companies', 928, 929],
  ['feedback_submissions', 'deals', 984, 985],
  ['feedback_submissions', 'tickets', 100, 99],
  ['feedback_submissions', 'calls', 1155, 1156],
  ['feedback_submissions', 'subscriptions', 1173, 1174],
  ['subscriptions', 'contacts', 295, 296],
  ['subscriptions', 'companies', 297, 298],
  ['subscriptions', 'deals', 299, 300],
  ['subscriptions', 'tickets', 1121, 1122],
];

/** Every HubSpot-defined association the simulator knows, in both directions. */
export const associationTypes: readonly AssociationTypeFacts[] = definitions.flatMap(
  ([from, to, typeId, inverseTypeId, label = null]) => [
    { from, to, typeId, inverseTypeId, label },
    { from: to, to: from, typeId: inverseTypeId, inverseTypeId: typeId, label },
  ],
);

const byPair = Map.groupBy(associationTypes, ({ from, to }) => `${from}>${to}`);

/** The HubSpot-defined types between two object types, empty where HubSpot associates them in no way. */
export function associationTypesBetween(from: ObjectType, to: ObjectType): readonly AssociationTypeFacts[] {
  return byPair.get(`${from}>${to}`) ?? [];
}

import type { Association, ObjectType } from '../../../portals/portal.ts';
import { associationTypesBetween } from '../../facts/association-types.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import type { BatchError } from '../../http/answer.ts';
import { invalid } from '../../http/refusals.ts';
import type { PortalState } from '../../state/portal-state.ts';

/** Two records to be associated, or no longer. */
export interface Pair {
  readonly from: ObjectType;
  readonly fromId: string;
  readonly to: ObjectType;
  readonly toId: string;
}

/** The types a request asks for, as portals state them; one of HubSpot's that these objects do not have is refused. */
export function associationsTo(pair: Pair, given: unknown): Association[] {
  const types = (Array.isArray(given) ? given : []) as { associationCategory?: unknown; associationTypeId?: unknown }[];
  if (types.length === 0) throw invalid('Invalid input JSON on line 1, column 1: association types are missing');
  const known = associationTypesBetween(pair.from, pair.to);
  return types.map(({ associationCategory, associationTypeId: typeId }) => {
    const own = associationCategory === 'USER_DEFINED';
    if (typeof typeId !== 'number' || !(own || known.some((each) => each.typeId === typeId)))
      throw invalid(`Association type ${typeId} is not valid between ${pair.from} and ${pair.to}`);
    return { id: pair.toId, typeId };
  });
}

/** The plain type between two objects, which every associated pair has. */
export function plainTypeId({ from, to }: Pick<Pair, 'from' | 'to'>): number {
  const plain = associationTypesBetween(from, to).find(({ label }) => label === null);
  if (!plain) throw invalid(`${from} are not associated with ${to}`);
  return plain.typeId;
}

/** What is wrong about a pair one of whose records does not exist; undefined where both do. */
export function missingRecord(portal: PortalState, { from, fromId, to, toId }: Pair): BatchError | undefined {
  const missing = [
    { type: from, id: fromId },
    { type: to, id: toId },
  ].find(({ type, id }) => !portal.records[type].isLive(id));
  if (!missing) return undefined;
  const { singular } = objectTypeFacts[missing.type];
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `No ${singular} with ID ${missing.id} exists`,
    context: { id: [missing.id], objectType: [singular] },
  };
}

import type { ObjectType } from '../../../portals/portal.ts';
import { jsonInteger } from '../../http/json-integer.ts';
import type { Surroundings } from '../../http/route.ts';
import type { AssociatedRecord } from '../../state/association-graph.ts';
import { compareIds, isRecordId } from '../../state/record-id.ts';
import { firstIndex } from '../../state/sorted-list.ts';

/** One page of a record's associations; `after` is an opaque cursor. */
export interface AssociationPage {
  readonly targets: readonly unknown[];
  readonly after?: string;
}

/** The records of type `to` associated with a record, from a cursor on. */
export function associationPage(
  surroundings: Surroundings,
  { from, id, to }: { from: ObjectType; id: string; to: ObjectType },
  { after, limit }: { after?: string | undefined; limit: number },
): AssociationPage {
  const all = surroundings.portal.associated(from, id, to);
  const start = after ? firstIndex(all, (each) => compareIds(each.id, cursorId(after)) > 0) : 0;
  const page = all.slice(start, start + limit);
  const last = page.at(-1);
  const targets = page.map(targetBody);
  if (!last || start + limit >= all.length) return { targets };
  return { targets, after: Buffer.from(last.id).toString('base64') };
}

/** `toObjectId` travels as a JSON number (observed, hubspot-api-nodejs issue 552; the spec says string). */
function targetBody({ id, types }: AssociatedRecord): unknown {
  return { toObjectId: jsonInteger(id), associationTypes: types };
}

function cursorId(cursor: string): string {
  const id = Buffer.from(cursor, 'base64').toString();
  return isRecordId(id) ? id : '0';
}

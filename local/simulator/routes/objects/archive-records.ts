import type { ObjectType } from '../../../portals/portal.ts';
import { type Answer, noContent } from '../../http/answer.ts';
import { type ApiRequest, batchInputs, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import type { Surroundings } from '../../http/route.ts';
import { writtenNow } from './write-record.ts';

/** Moves one record to the recycle bin; 204 whether it was there or not (docs: CRM objects, archive). */
export function archiveRecord(request: ApiRequest, surroundings: Surroundings): Answer {
  archive(surroundings, objectTypeParameter(request), [request.params.id ?? '']);
  return noContent;
}

/** Moves up to 100 records to the recycle bin; those that are not there are passed over. */
export function batchArchiveRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const inputs = batchInputs(jsonBody(request), surroundings.pageSizes.objectBatch);
  archive(
    surroundings,
    objectTypeParameter(request),
    inputs.map(({ id }) => String(id)),
  );
  return noContent;
}

/** Ids of merged records are not redirected here: only single reads and changes are known to be. */
function archive(surroundings: Surroundings, type: ObjectType, ids: readonly string[]): void {
  const { portal } = surroundings;
  const { at, source } = writtenNow(surroundings);
  for (const id of ids) if (portal.records[type].isLive(id)) portal.archive(type, id, at, source);
}

import type { PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, batch } from '../../http/answer.ts';
import {
  type ApiRequest,
  archivedParameter,
  batchInputs,
  jsonBody,
  objectTypeParameter,
  strings,
} from '../../http/api-request.ts';
import type { Surroundings } from '../../http/route.ts';
import { findRecord } from './find-record.ts';
import { recordWriter } from './record-body.ts';

/** Up to 100 records by id or unique property, 50 with history; those that do not exist make it a 207 with one error naming them all. */
export function batchReadRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { portal, clock } = surroundings;
  const body = jsonBody(request);
  const propertiesWithHistory = strings(body.propertiesWithHistory);
  const { objectBatch, listWithHistory } = surroundings.pageSizes;
  const most = propertiesWithHistory.length > 0 ? Math.min(objectBatch, listWithHistory) : objectBatch;
  const ids = new Set(batchInputs(body, most).map((input) => String(input.id)));
  const idProperty = typeof body.idProperty === 'string' ? body.idProperty : undefined;
  const archived = archivedParameter(request.query);
  const found: PortalRecord[] = [];
  const missing: string[] = [];
  for (const id of ids) {
    const binned = archived ? portal.records[type].get(id) : undefined;
    const record = binned?.archived ? binned : findRecord(portal, type, id, { idProperty });
    if (record && record.archived === archived) found.push(record);
    else missing.push(id);
  }
  const write = recordWriter(surroundings, type, {
    properties: strings(body.properties),
    propertiesWithHistory,
  });
  const object = objectTypeFacts[type].singular.toUpperCase();
  const errors = missing.length === 0 ? [] : [notFoundError(object, missing)];
  return batch(found.map(write), errors, new Date(clock.now()).toISOString());
}

/** Observed in answers to batch reads of contacts. */
function notFoundError(object: string, ids: readonly string[]) {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Could not get some ${object} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
  } as const;
}

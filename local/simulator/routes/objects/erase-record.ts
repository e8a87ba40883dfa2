import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, noContent } from '../../http/answer.ts';
import { type ApiRequest, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { findRecord } from './find-record.ts';
import { writtenNow } from './write-record.ts';

/**
 * Deletes a record for good, archived or not, by id or by `idProperty`. An address that nobody has is answered 204 as
 * well: HubSpot blocks it for the future (changelog: changes to the GDPR deletion endpoints).
 */
export function eraseRecord(request: ApiRequest, surroundings: Surroundings): Answer {
  const { portal } = surroundings;
  const { at, source } = writtenNow(surroundings);
  const type = objectTypeParameter(request);
  if (!objectTypeFacts[type].erasable) throw notFound();
  const { objectId, idProperty } = jsonBody(request);
  const named = typeof idProperty === 'string' && idProperty !== 'hs_object_id' ? idProperty : undefined;
  const id = String(objectId);
  const record = named ? findRecord(portal, type, id, { idProperty: named }) : portal.records[type].resolve(id);
  if (record) portal.erase(type, record.id, at, source);
  else if (!named) throw notFound();
  return noContent;
}

import type { PortalRecord } from '../../../portals/portal.ts';
import { mergesPerRecord } from '../../facts/limits.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, ok } from '../../http/answer.ts';
import { type ApiRequest, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { invalid, notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { absorbedIds } from '../../state/record-values.ts';
import { findRecord } from './find-record.ts';
import { recordWriter } from './record-body.ts';
import { writtenNow } from './write-record.ts';

/** Makes two records one, which gets an id of its own (docs: merge records). */
export function mergeRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { portal } = surroundings;
  if (!objectTypeFacts[type].mergeable) throw invalid(`Records of type ${type} cannot be merged`);
  const { primaryObjectId, objectIdToMerge } = jsonBody(request);
  const [primary, other] = [primaryObjectId, objectIdToMerge].map((id) => {
    const record = findRecord(portal, type, String(id), {});
    if (!record) throw notFound();
    return record;
  }) as [PortalRecord, PortalRecord];
  if (primary.id === other.id) throw invalid('A record cannot be merged with itself');
  if (absorbedIds(primary).length + absorbedIds(other).length + 2 > mergesPerRecord)
    throw invalid(`A record cannot take part in more than ${mergesPerRecord} merges`);
  const { at, source } = writtenNow(surroundings);
  const merged = portal.merge(type, primary.id, other.id, at, source);
  return ok(recordWriter(surroundings, type, { properties: ['hs_merged_object_ids'] })(merged));
}

import { type Answer, ok } from '../../http/answer.ts';
import { type ApiRequest, archivedParameter, listParameter, objectTypeParameter } from '../../http/api-request.ts';
import { notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { findRecord } from './find-record.ts';
import { associationTargets } from './inline-associations.ts';
import { recordWriter } from './record-body.ts';

/** One record by id, by a merged record's id, or by a unique property. */
export function getRecord(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { query, params } = request;
  const id = params.id ?? '';
  const archived = surroundings.portal.records[type].get(id);
  const record =
    archivedParameter(query) && archived?.archived
      ? archived
      : findRecord(surroundings.portal, type, id, {
          idProperty: query.get('idProperty') ?? undefined,
          throughMerges: true,
        });
  if (!record) throw notFound();
  const write = recordWriter(surroundings, type, {
    properties: listParameter(query, 'properties'),
    propertiesWithHistory: listParameter(query, 'propertiesWithHistory'),
    associations: associationTargets(type, listParameter(query, 'associations')),
  });
  return ok(write(record));
}

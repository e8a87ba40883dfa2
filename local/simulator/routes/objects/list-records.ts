import { pageOf } from '../../facts/limits.ts';
import { type Answer, ok } from '../../http/answer.ts';
import {
  type ApiRequest,
  archivedParameter,
  limitParameter,
  listParameter,
  objectTypeParameter,
} from '../../http/api-request.ts';
import { invalid } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { idAfter, isRecordId } from '../../state/record-id.ts';
import { associationTargets } from './inline-associations.ts';
import { recordWriter } from './record-body.ts';

/** A page of records in id order, live or archived; `after` is the first id the page may hold. */
export function listRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { query } = request;
  const propertiesWithHistory = listParameter(query, 'propertiesWithHistory');
  const { list, listWithHistory } = surroundings.pageSizes;
  const limit = limitParameter(query, pageOf(propertiesWithHistory.length > 0 ? listWithHistory : list));
  const after = query.get('after') || '0';
  if (!isRecordId(after)) throw invalid(`Invalid after: ${after}`);
  const collection = surroundings.portal.records[type];
  const ids = collection.ids({ archived: archivedParameter(query) });
  const start = ids.firstAtOrAfter(after);
  const page = ids.values.slice(start, start + limit);
  const write = recordWriter(surroundings, type, {
    properties: listParameter(query, 'properties'),
    propertiesWithHistory,
    associations: associationTargets(type, listParameter(query, 'associations')),
  });
  const results = page.flatMap((id) => collection.get(id) ?? []).map(write);
  const last = page.at(-1);
  if (last === undefined || start + limit >= ids.values.length) return ok({ results });
  return ok({
    results,
    paging: { next: { after: idAfter(last), link: linkTo(request, surroundings, idAfter(last)) } },
  });
}

function linkTo({ path, query }: ApiRequest, { url }: Surroundings, after: string): string {
  const next = new URLSearchParams(query);
  next.set('after', after);
  return `${url}${path}?${next}`;
}

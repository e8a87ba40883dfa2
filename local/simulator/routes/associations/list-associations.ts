import { type Answer, ok } from '../../http/answer.ts';
import { type ApiRequest, limitParameter, objectTypeParameter } from '../../http/api-request.ts';
import type { Surroundings } from '../../http/route.ts';
import { associationPage } from './association-page.ts';

/** A page of one record's associations. */
export function listAssociations(request: ApiRequest, surroundings: Surroundings): Answer {
  const from = objectTypeParameter(request, 'from');
  const to = objectTypeParameter(request, 'to');
  const { associationsPerPage: most } = surroundings.pageSizes;
  const limit = limitParameter(request.query, { usual: most, most });
  const { targets, after } = associationPage(
    surroundings,
    { from, id: request.params.id ?? '', to },
    { after: request.query.get('after') ?? undefined, limit },
  );
  if (after === undefined) return ok({ results: targets });
  return ok({
    results: targets,
    paging: { next: { after, link: `${surroundings.url}${request.path}?after=${after}` } },
  });
}

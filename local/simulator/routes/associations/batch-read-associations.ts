import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, type BatchError, batch } from '../../http/answer.ts';
import { type ApiRequest, batchInputs, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import type { Surroundings } from '../../http/route.ts';
import { associationPage } from './association-page.ts';

/**
 * Associations of up to 1,000 records, paged per input. Records without any are errors of a 207, which is normal
 * (observed); so are unknown ones.
 */
export function batchReadAssociations(request: ApiRequest, surroundings: Surroundings): Answer {
  const from = objectTypeParameter(request, 'from');
  const to = objectTypeParameter(request, 'to');
  const results: unknown[] = [];
  const errors: BatchError[] = [];
  const { associationBatch, associationsPerPage } = surroundings.pageSizes;
  for (const input of batchInputs(jsonBody(request), associationBatch)) {
    const id = String(input.id);
    const { targets, after } = associationPage(
      surroundings,
      { from, id, to },
      {
        after: typeof input.after === 'string' ? input.after : undefined,
        limit: associationsPerPage,
      },
    );
    if (targets.length === 0) errors.push(noneFound(objectTypeFacts[from].singular, id, objectTypeFacts[to].singular));
    else results.push({ from: { id }, to: targets, ...(after !== undefined && { paging: { next: { after } } }) });
  }
  return batch(results, errors, new Date(surroundings.clock.now()).toISOString());
}

function noneFound(from: string, id: string, to: string): BatchError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${to} is associated with ${from} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from], toObjectType: [to] },
  };
}

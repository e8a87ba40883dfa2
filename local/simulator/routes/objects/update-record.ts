import { type Answer, ok } from '../../http/answer.ts';
import { type ApiRequest, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { checkedValues } from './checked-values.ts';
import { findRecord } from './find-record.ts';
import { invalidValues } from './property-problems.ts';
import { refuseTakenEmail, writeRecord } from './write-record.ts';

/** Changes one record; ids of merged records reach the surviving one. */
export function updateRecord(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { properties } = jsonBody(request);
  const record = findRecord(surroundings.portal, type, request.params.id ?? '', {
    idProperty: request.query.get('idProperty') ?? undefined,
    throughMerges: true,
  });
  if (!record) throw notFound();
  const { values, problems } = checkedValues(surroundings.portal, type, (properties ?? {}) as Record<string, unknown>);
  if (problems.length > 0) throw invalidValues(problems);
  refuseTakenEmail(surroundings, type, record, values);
  return ok(writeRecord(surroundings, type, record, values));
}

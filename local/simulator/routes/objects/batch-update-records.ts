import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, type BatchError, batch } from '../../http/answer.ts';
import { type ApiRequest, batchInputs, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { invalid, Refusal } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import type { PortalState } from '../../state/portal-state.ts';
import { checkedValues } from './checked-values.ts';
import { findRecord, requireUnique } from './find-record.ts';
import { invalidValues } from './property-problems.ts';
import { refuseTakenEmail, writeRecord } from './write-record.ts';

interface UpdateInput {
  readonly id: string;
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly traceId?: string;
}

interface PlannedWrite {
  readonly input: UpdateInput;
  readonly record: PortalRecord;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Changes up to 100 records. One bad record refuses the whole batch and nothing is written, unless every input carries an
 * `objectWriteTraceId`: then the good ones are written and 207 names the bad ones by it (documented for creates, observed
 * for upserts). Unknown ids are missing from the results without an error (hubspot-api-nodejs issue 548), and results do
 * not come in the order of the inputs (observed).
 */
export function batchUpdateRecords(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const inputs = batchInputs(jsonBody(request), surroundings.pageSizes.objectBatch).map(updateInputOf);
  refuseForeignIdProperty(surroundings.portal, type, inputs);
  refuseDuplicates(inputs);
  const traced = inputs.length > 0 && inputs.every((input) => input.traceId !== undefined);
  const writes: PlannedWrite[] = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    try {
      writes.push(...planned(surroundings, type, input));
    } catch (refusal) {
      if (!traced || !(refusal instanceof Refusal)) throw refusal;
      errors.push(errorOf(refusal, input.traceId ?? ''));
    }
  }
  const results = writes.reverse().map(({ input, record, values }) => ({
    ...writeRecord(surroundings, type, record, values),
    ...(input.traceId !== undefined && { objectWriteTraceId: input.traceId }),
  }));
  return batch(results, errors, new Date(surroundings.clock.now()).toISOString());
}

function updateInputOf(given: Readonly<Record<string, unknown>>): UpdateInput {
  const { id, idProperty, properties, objectWriteTraceId } = given;
  if (id === undefined || id === null || typeof properties !== 'object' || properties === null) {
    throw invalid('Invalid input JSON on line 1, column 1: some of required attributes are not set [id, properties]');
  }
  return {
    id: String(id),
    properties: properties as Record<string, unknown>,
    ...(typeof idProperty === 'string' && { idProperty }),
    ...(typeof objectWriteTraceId === 'string' && { traceId: objectWriteTraceId }),
  };
}

/** Observed: segmentio/action-destinations PR 3957. The record id itself counts as such a property. */
function refuseForeignIdProperty(portal: PortalState, type: ObjectType, inputs: readonly UpdateInput[]): void {
  const { typeId } = objectTypeFacts[type];
  for (const { idProperty } of inputs) {
    if (idProperty === undefined) continue;
    requireUnique(portal, type, idProperty, `Unable to perform update/upsert by non-unique ${typeId} property`);
  }
}

/** Observed in three independent captures. */
function refuseDuplicates(inputs: readonly UpdateInput[]): void {
  const seen = new Set<string>();
  const twice = inputs.map(({ id }) => id).filter((id) => seen.has(id) || !seen.add(id));
  if (twice.length === 0) return;
  const ids = [...new Set(twice)];
  throw invalid(`Duplicate IDs found in batch input: [${ids.join(', ')}]. IDs must be unique`, { context: { ids } });
}

function planned(surroundings: Surroundings, type: ObjectType, input: UpdateInput): PlannedWrite[] {
  const { portal } = surroundings;
  const { values, problems } = checkedValues(portal, type, input.properties);
  if (problems.length > 0) throw invalidValues(problems);
  const record = findRecord(portal, type, input.id, { idProperty: input.idProperty });
  if (!record) return [];
  refuseTakenEmail(surroundings, type, record, values);
  return [{ input, record, values }];
}

function errorOf({ message, details }: Refusal, traceId: string): BatchError {
  return {
    status: 'error',
    category: String(details.category),
    message,
    context: { objectWriteTraceId: [traceId] },
  };
}

import * as objects from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import type { RecordId } from '#domain/records/record.ts';
import type { CustomerKind, PropertyWrite, WriteOutcome } from '#pipeline/ports.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { chunks } from './chunks.ts';
import { configure } from './generated.ts';
import { objectTypes } from './object-types.ts';
import { Refusal, refusalFrom } from './refusal.ts';
import { explain } from './remedies.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

type Updated = objects.BatchResponseSimplePublicObject | objects.BatchResponseSimplePublicObjectWithErrors;
type Outcomes = readonly WriteOutcome[];
type Batch = readonly PropertyWrite[];

/** Statuses with which HubSpot refuses a whole batch for the sake of some of its records. */
const wholeBatch: ReadonlySet<number> = new Set([400, 409]);

const notWritten = (id: RecordId): WriteOutcome => ({
  id,
  status: 'refused',
  code: 'NOT_WRITTEN',
  because: 'HubSpot left the record out of its answer',
  remedy: 'It was probably deleted in HubSpot. If it is still there, write again.',
});

const merged = (id: RecordId, into: RecordId): WriteOutcome => ({
  id,
  status: 'refused',
  code: 'MERGED_RECORD',
  because: `the record is now part of record ${into}`,
  remedy: 'Nothing to write: the record it was merged into is written instead.',
});

/** Results and errors of a 2xx, matched by trace id, which is our record id; HubSpot keeps no order. */
const outcomesOf = (batch: Batch, answer: Updated): Outcomes => {
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : [];
  const refusals = errors.map((error) => refusalFrom(207, error));
  return batch.map(({ id }) => {
    const result =
      answer.results.find((row) => row.objectWriteTraceId === id) ?? answer.results.find((row) => row.id === id);
    if (result && String(result.id) !== id) return merged(id, String(result.id));
    if (result) return { id, status: 'written', modifiedAt: new Date(result.updatedAt).getTime() };
    const refusal = refusals.find(({ ids }) => ids.includes(id));
    return refusal ? refused(id, refusal) : notWritten(id);
  });
};

const lackingProperties = (refusal: Refusal): ReadonlySet<string> =>
  new Set(
    refusal.reasons.flatMap(({ code, property }) => (code === 'PROPERTY_DOESNT_EXIST' && property ? [property] : [])),
  );

const refused = (id: RecordId, refusal: Refusal): WriteOutcome => ({
  id,
  status: 'refused',
  ...explain(refusal),
  ...(lackingProperties(refusal).size > 0 && { lacksProperty: true as const }),
});

const split = (batch: Batch, isFirst: (write: PropertyWrite, index: number) => boolean): readonly [Batch, Batch] => [
  batch.filter(isFirst),
  batch.filter((write, index) => !isFirst(write, index)),
];

/** Two halves; where HubSpot names ids, the others first and the named ones last, so that of a merged pair they win. */
const halves = (batch: Batch, refusal: Refusal): readonly [Batch, Batch] => {
  const byId = split(batch, ({ id }) => !refusal.ids.includes(id));
  return byId.every((part) => part.length > 0) ? byId : split(batch, (_, index) => index < batch.length / 2);
};

/**
 * Writes properties of up to 100 records. With a trace id per input HubSpot refuses bad records one by one in a 207; where it
 * refuses the whole batch, the batch is halved until exactly the bad ones are left.
 * https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide
 */
export function recordWriter(
  transport: Transport,
  sizes: Sizes,
): (kind: CustomerKind, writes: Batch) => Promise<Outcomes> {
  const api = new objects.BatchApi(configure(objects, transport));

  const write = async (type: string, batch: Batch): Promise<Outcomes> => {
    if (batch.length === 0) return [];
    const inputs = batch.map(({ id, properties }) => ({ id, objectWriteTraceId: id, properties: { ...properties } }));
    try {
      return outcomesOf(batch, await api.update(type, { inputs }));
    } catch (error) {
      if (!(error instanceof HubSpotRefusedError && wholeBatch.has(error.status) && error.cause instanceof Refusal))
        throw error;
      return isolate(type, batch, error.cause);
    }
  };

  const isolate = async (type: string, batch: Batch, refusal: Refusal): Promise<Outcomes> => {
    const lacking = lackingProperties(refusal);
    const [bad, rest] = split(batch, ({ properties }) => Object.keys(properties).some((name) => lacking.has(name)));
    if (bad.length > 0) return [...bad.map(({ id }) => refused(id, refusal)), ...(await write(type, rest))];
    if (batch.length === 1) return batch.map(({ id }) => refused(id, refusal));
    const [first, second] = halves(batch, refusal);
    return [...(await write(type, first)), ...(await write(type, second))];
  };

  return async (kind, writes) => {
    const outcomes: WriteOutcome[] = [];
    for (const batch of chunks(writes, sizes.batch)) outcomes.push(...(await write(objectTypes[kind].path, batch)));
    return outcomes;
  };
}

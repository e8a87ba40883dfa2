import type * as z from 'zod';
import type { RecordId, RecordKind } from '#domain/records/record.ts';
import { documented, linksAnswer } from './answers.ts';
import { type Batches, readBatches } from './batches.ts';
import { objectTypes } from './object-types.ts';
import { undated } from './routes.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** The ids associated with a record, and whether each is the primary one. */
export type Targets = ReadonlyMap<RecordId, boolean>;

/** Type ids of "primary company" (https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide). */
const primaryTypeIds: ReadonlySet<number> = new Set([1, 5, 26]);

/** An id that no record has: HubSpot answers that it has no links. */
const nobody = '0';

interface Input {
  readonly id: RecordId;
  readonly after?: string;
}

type Result = z.infer<typeof linksAnswer>['results'][number];

const take = (found: Map<RecordId, Map<RecordId, boolean>>, { id, to }: Result): void => {
  const targets = found.get(id) ?? new Map<RecordId, boolean>();
  for (const { toObjectId, associationTypes } of to) {
    const primary = (associationTypes ?? []).some(({ typeId }) => primaryTypeIds.has(typeId));
    targets.set(toObjectId, primary || (targets.get(toObjectId) ?? false));
  }
  found.set(id, targets);
};

/**
 * Everything of one kind associated with records of another. Paging is by record: those with more are asked for again from
 * where they stopped, together. `unreadable` are the records about which something could not be read.
 */
export async function readAssociations(
  transport: Transport,
  sizes: Sizes,
  { from, to }: { from: RecordKind; to: RecordKind },
  ids: readonly RecordId[],
): Promise<{ found: Map<RecordId, Targets>; unreadable: ReadonlySet<RecordId> }> {
  const [fromType, toType] = [objectTypes[from].path, objectTypes[to].path];
  const of = `${fromType} to ${toType}`;
  const ask = async (inputs: readonly Input[], readings?: number) => {
    const { value } = await transport.send(
      'POST',
      undated.links(fromType, toType),
      JSON.stringify({ inputs }),
      readings,
    );
    return documented(linksAnswer, value, of);
  };
  const batches: Batches<Input, Result> = {
    size: sizes.associationInputs,
    path: of,
    idOf: ({ id }) => id,
    ask,
    probe: () => ask([{ id: nobody }]),
  };

  const found = new Map<RecordId, Map<RecordId, boolean>>();
  const unreadable = new Set<RecordId>();
  const asked = new Set<string>();
  let inputs: readonly Input[] = ids.map((id) => ({ id }));
  while (inputs.length > 0) {
    const read = await readBatches(batches, inputs);
    for (const { id } of read.unreadable) unreadable.add(id);
    for (const result of read.results) take(found, result);
    inputs = read.results.flatMap(({ id, next }) => (next === undefined ? [] : [{ id, after: next }]));
    const endless = inputs.filter(({ id, after }) => asked.has(`${id} ${after}`));
    for (const { id } of endless) unreadable.add(id);
    for (const { id, after } of inputs) asked.add(`${id} ${after}`);
    inputs = inputs.filter((input) => !endless.includes(input));
  }
  return { found, unreadable };
}

import type { RecordId, RecordKind } from '#domain/records/record.ts';
import { documented, rowsAnswer, unreadableAnswer } from './answers.ts';
import { type Batches, type BatchesRead, readBatches } from './batches.ts';
import { objectTypes } from './object-types.ts';
import { undated } from './routes.ts';
import { rowId } from './row.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** What to read of records: properties, or properties with their history. */
interface Selection {
  readonly properties: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
}

/** Which records, and how many at once. */
interface Asked {
  readonly size: number;
  /** Those in the recycle bin instead of those that are not. */
  readonly archived?: boolean;
}

/** What is asked where only ids are wanted: without any property HubSpot answers several. */
export const idOnly: readonly string[] = ['hs_object_id'];

/** Reads rows of records by id, from HubSpot's own table: never stale. Records that are not there are left out. */
export function readObjects(
  transport: Transport,
  kind: RecordKind,
  ids: readonly RecordId[],
  selection: Selection,
  { size, archived = false }: Asked,
): Promise<BatchesRead<unknown>> {
  const { path: type } = objectTypes[kind];
  const path = `${undated.batchRead(type)}${archived ? '?archived=true' : ''}`;
  const ask = async (inputs: readonly { id: RecordId }[], wanted: Selection, readings?: number) => {
    const body = JSON.stringify({ inputs, propertiesWithHistory: [], ...wanted });
    const { value } = await transport.send('POST', path, body, readings);
    return documented(rowsAnswer, value, type);
  };
  const asked = async (inputs: readonly { id: RecordId }[], readings?: number) => {
    const answer = await ask(inputs, selection, readings);
    // Asked for by halves, a row without id is known by the one that was asked for; else its record would seem to be missing.
    if (answer.results.every((raw) => rowId(raw) !== undefined)) return answer;
    throw unreadableAnswer(type, 'a row without id');
  };
  const batches: Batches<{ id: RecordId }, unknown> = {
    size,
    path: type,
    idOf: rowId,
    ask: asked,
    probe: (input) => ask([input], { properties: idOnly }),
  };
  const distinct = [...new Set(ids)];
  return readBatches(
    batches,
    distinct.map((id) => ({ id })),
  );
}

/** Those of the records that are in the recycle bin now. */
export async function archivedAmong(
  transport: Transport,
  { batch: size }: Sizes,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<ReadonlySet<RecordId>> {
  const { results, unreadable } = await readObjects(
    transport,
    kind,
    ids,
    { properties: idOnly },
    { size, archived: true },
  );
  const [first] = unreadable;
  if (first) throw unreadableAnswer(objectTypes[kind].path, `archived record ${first.id}`);
  const archived = results.filter((raw) => (raw as { archived?: unknown }).archived !== false);
  return new Set(archived.flatMap((raw) => rowId(raw) ?? [])).intersection(new Set(ids));
}

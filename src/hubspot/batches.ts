import type { RecordId } from '#domain/records/record.ts';
import { chunks } from './chunks.ts';
import { type Refusal, refusalFrom } from './refusal.ts';
import { refusedError } from './remedies.ts';
import { isUnreadable } from './unreadable.ts';

/** An input of a batch read. */
interface Input {
  readonly id: RecordId;
}

/** What a batch read answers: results, and errors about single inputs. */
interface BatchAnswer<R> {
  readonly results: readonly R[];
  readonly errors: readonly unknown[];
}

/** One of HubSpot's batch reads. */
export interface Batches<I extends Input, R> {
  /** Inputs of one call. */
  readonly size: number;
  /** What is read, for the error where HubSpot refuses it. */
  readonly path: string;
  /** Which input a result is about. */
  idOf(result: R): RecordId | undefined;
  /** One call; an answer that cannot be read is tried `readings` times. */
  ask(inputs: readonly I[], readings?: number): Promise<BatchAnswer<R>>;
  /** A call that can be read if HubSpot is well, whatever ails this input. Throws if not. */
  probe(input: I): Promise<unknown>;
}

/** An input that HubSpot cannot be read about, and why. */
export interface Unreadable {
  readonly id: RecordId;
  readonly because: string;
}

/** Everything that could be read, and what could not. Inputs HubSpot says twice it does not know are in neither. */
export interface BatchesRead<R> {
  readonly results: readonly R[];
  readonly unreadable: readonly Unreadable[];
}

/** Inputs without anything to read come as errors too: records that do not exist, or have no links. */
const missing = 'OBJECT_NOT_FOUND';

/** Times a part is asked again whose answer as a whole could not be read: less than usual, it hardly passes. */
const readingsOfParts = 2;
/** Times inputs are asked again that HubSpot says it could not read. */
const repeats = 2;

const joined = <R>(parts: readonly BatchesRead<R>[]): BatchesRead<R> => ({
  results: parts.flatMap(({ results }) => results),
  unreadable: parts.flatMap(({ unreadable }) => unreadable),
});

/** Errors by the input they speak of. One that names none of the inputs speaks of the whole call: refused. */
const failuresIn = <I extends Input>(
  path: string,
  inputs: readonly I[],
  errors: readonly Refusal[],
): Map<I, Refusal> => {
  const failures = new Map<I, Refusal>();
  for (const refusal of errors) {
    if (refusal.category === missing) continue;
    const named = inputs.filter(({ id }) => refusal.ids.includes(id));
    if (named.length === 0) throw refusedError(refusal, { method: 'reading', path });
    for (const input of named) failures.set(input, refusal);
  }
  return failures;
};

/**
 * Inputs an answer keeps silent about. HubSpot names those it does not know, so silence is no word for "gone": once more is
 * asked before anybody believes it.
 */
function unmentioned<I extends Input, R>(
  { idOf }: Batches<I, R>,
  inputs: readonly I[],
  results: readonly R[],
  errors: readonly Refusal[],
): I[] {
  const mentioned = new Set([...results.map(idOf), ...errors.flatMap(({ ids }) => ids)]);
  return inputs.filter(({ id }) => !mentioned.has(id));
}

async function readPart<I extends Input, R>(
  batches: Batches<I, R>,
  inputs: readonly I[],
  readings?: number,
  repeatsLeft = repeats,
): Promise<BatchesRead<R>> {
  const { results: all, errors: raw } = await batches.ask(inputs, readings);
  const asked = new Set<RecordId | undefined>(inputs.map(({ id }) => id));
  const results = all.filter((result) => asked.has(batches.idOf(result)));
  const errors = raw.map((error) => refusalFrom(207, error));
  const failures = failuresIn(batches.path, inputs, errors);
  const silent = repeatsLeft === repeats ? unmentioned(batches, inputs, results, errors) : [];
  const again = [...failures.keys(), ...silent];
  if (again.length === 0) return { results, unreadable: [] };
  if (repeatsLeft > 0)
    return joined([{ results, unreadable: [] }, await readPart(batches, again, readings, repeatsLeft - 1)]);
  const because = ({ category }: Refusal): string => `HubSpot answers ${category} about it`;
  return { results, unreadable: [...failures].map(([{ id }, refusal]) => ({ id, because: because(refusal) })) };
}

/** An input is to blame only if HubSpot answers otherwise; else HubSpot is busy, and nothing is said of the input. */
async function readHalves<I extends Input, R>(
  batches: Batches<I, R>,
  inputs: readonly I[],
  readings?: number,
): Promise<BatchesRead<R>> {
  try {
    return await readPart(batches, inputs, readings);
  } catch (error) {
    const [only] = inputs;
    if (!isUnreadable(error) || !only) throw error;
    if (inputs.length > 1) {
      const middle = Math.ceil(inputs.length / 2);
      const first = await readHalves(batches, inputs.slice(0, middle), readingsOfParts);
      return joined([first, await readHalves(batches, inputs.slice(middle), readingsOfParts)]);
    }
    await batches.probe(only);
    return { results: [], unreadable: [{ id: only.id, because: 'what HubSpot answers about it cannot be read' }] };
  }
}

/**
 * Reads all inputs, a call's worth at a time. An answer that cannot be read is asked for by halves, until the single inputs
 * are left that spoil it: about three calls for each halving, so some twenty for one bad record in a hundred.
 */
export async function readBatches<I extends Input, R>(
  batches: Batches<I, R>,
  inputs: readonly I[],
): Promise<BatchesRead<R>> {
  const parts: BatchesRead<R>[] = [];
  for (const chunk of chunks(inputs, batches.size)) parts.push(await readHalves(batches, chunk));
  return joined(parts);
}

import type * as z from 'zod';
import type { Clock, StageMeaning } from '#pipeline/ports.ts';
import { documented, pipelinesAnswer } from './answers.ts';
import { undated } from './routes.ts';
import type { Transport } from './transport.ts';

/** What a pipeline stage says about the records in it; null where its settings leave it out. */
export interface StageFacts {
  readonly isClosed: boolean | null;
  readonly isWon: boolean | null;
}

/** The stages of one kind of record, by `pipeline/stage`. */
export type Stages = ReadonlyMap<string, StageFacts>;

type Metadata = Readonly<Record<string, string | null | undefined>>;

const flag = (value: string | null | undefined): boolean | null => (value ? value.toLowerCase() === 'true' : null);

/** Tickets say `ticketState` and `isClosed`, deals `isClosed` and `probability`; all are texts. Won means certain. */
export function stageFacts(metadata: Metadata): StageFacts {
  const { ticketState, probability } = metadata;
  const isClosed = ticketState ? ticketState.toUpperCase() === 'CLOSED' : flag(metadata.isClosed);
  const isWon = probability ? Number(probability) === 1 && isClosed !== false : null;
  return { isClosed, isWon };
}

const key = (pipeline: string | null, stage: string): string => `${pipeline}/${stage}`;

const stagesFrom = ({ results }: z.infer<typeof pipelinesAnswer>): Stages =>
  new Map(
    results.flatMap((pipeline) =>
      pipeline.stages.map(({ id, metadata }) => [key(pipeline.id, id), stageFacts(metadata ?? {})] as const),
    ),
  );

/** The stage a record is in; undefined where the pipelines do not have it. */
export const stageIn = (stages: Stages, pipeline: string | null, stage: string | null): StageFacts | undefined =>
  stage === null ? undefined : stages.get(key(pipeline, stage));

/** What every stage means, in the order of their keys; what its settings leave out is taken as a no. */
export const stageMeanings = (stages: Stages): Record<string, StageMeaning> =>
  Object.fromEntries(
    [...stages]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { isClosed, isWon }]) => [name, { isClosed: isClosed ?? false, isWon: isWon ?? false }]),
  );

const staleMs = 60 * 60_000;

/** Reads the pipelines of one object type, at most once an hour. */
export function stageReader(transport: Transport, clock: Clock): (objectType: string) => Promise<Stages> {
  const held = new Map<string, { readonly at: number; readonly stages: Promise<Stages> }>();
  return (objectType) => {
    const known = held.get(objectType);
    if (known && clock.now() - known.at < staleMs) return known.stages;
    const stages = transport
      .send('GET', undated.pipelines(objectType))
      .then(({ value }) => stagesFrom(documented(pipelinesAnswer, value, `pipelines of ${objectType}`)));
    held.set(objectType, { at: clock.now(), stages });
    stages.catch(() => held.delete(objectType));
    return stages;
  };
}

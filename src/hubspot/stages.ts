import type { Clock } from '#pipeline/ports.ts';
import { undated } from './routes.ts';
import type { Transport } from './transport.ts';

/** What a pipeline stage says about the records in it; null where its settings leave it out. */
export interface StageFacts {
  readonly isClosed: boolean | null;
  readonly isWon: boolean | null;
}

/** The stages of one kind of record, found by pipeline and stage id. */
export type Stages = (pipeline: string | null, stage: string | null) => StageFacts | undefined;

type Metadata = Readonly<Record<string, string | undefined>>;
interface PipelinesAnswer {
  readonly results?: readonly {
    readonly id: string;
    readonly stages?: readonly { readonly id: string; readonly metadata?: Metadata }[];
  }[];
}

const flag = (value: string | undefined): boolean | null =>
  value === undefined || value === '' ? null : value.toLowerCase() === 'true';

/** Tickets say `ticketState` and `isClosed`, deals `isClosed` and `probability`; all are texts. Won means certain. */
export function stageFacts(metadata: Metadata): StageFacts {
  const { ticketState, probability } = metadata;
  const isClosed = ticketState ? ticketState.toUpperCase() === 'CLOSED' : flag(metadata.isClosed);
  const isWon = probability ? Number(probability) === 1 && isClosed !== false : null;
  return { isClosed, isWon };
}

const key = (pipeline: string | null, stage: string): string => `${pipeline}/${stage}`;

const stagesFrom = ({ results = [] }: PipelinesAnswer): Stages => {
  const facts = new Map<string, StageFacts>();
  for (const pipeline of results)
    for (const stage of pipeline.stages ?? []) facts.set(key(pipeline.id, stage.id), stageFacts(stage.metadata ?? {}));
  return (pipeline, stage) => (stage === null ? undefined : facts.get(key(pipeline, stage)));
};

const staleMs = 60 * 60_000;

/** Reads the pipelines of one object type, at most once an hour. */
export function stageReader(transport: Transport, clock: Clock): (objectType: string) => Promise<Stages> {
  const held = new Map<string, { readonly at: number; readonly stages: Promise<Stages> }>();
  return (objectType) => {
    const known = held.get(objectType);
    if (known && clock.now() - known.at < staleMs) return known.stages;
    const stages = transport
      .send('GET', undated.pipelines(objectType))
      .then(({ value }) => stagesFrom(value as PipelinesAnswer));
    held.set(objectType, { at: clock.now(), stages });
    stages.catch(() => held.delete(objectType));
    return stages;
  };
}

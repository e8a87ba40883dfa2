import type { ObjectType } from '../../portals/portal.ts';

/** Object types whose records stand in a stage of a pipeline. */
export type StagedType = Extract<ObjectType, 'tickets' | 'deals'>;

type Values = Readonly<Record<string, string>>;

/** What HubSpot sets by itself when a record moves between the stages of its pipeline. */
export interface StageEffects {
  /** The properties that say where the record stands. */
  readonly pipeline: string;
  readonly stage: string;
  /** Values that follow from the stage's metadata alone; `hs_is_closed` is always among them. */
  readonly meaning: (metadata: Values) => Values;
  /** Values set on entering a closed stage from an open one or from none; moments are ISO 8601 UTC. */
  readonly closed: (at: string, createdAt: string) => Values;
  /** Values set on entering an open stage from a closed one. */
  readonly reopened: (at: string) => Values;
  /** Values that a reopening blanks, where the account does so (not documented). */
  readonly blankedByReopening: readonly string[];
}

const flag = (holds: boolean): string => String(holds);

/** Object types with pipelines (knowledge base: ticket and deal default properties; `time_to_close` in milliseconds). */
export const stageEffects: Readonly<Record<StagedType, StageEffects>> = {
  tickets: {
    pipeline: 'hs_pipeline',
    stage: 'hs_pipeline_stage',
    meaning: ({ isClosed, ticketState }) => ({ hs_is_closed: flag(isClosed === 'true' || ticketState === 'CLOSED') }),
    closed: (at, createdAt) => ({
      closed_date: at,
      hs_last_closed_date: at,
      time_to_close: String(Date.parse(at) - Date.parse(createdAt)),
    }),
    reopened: (at) => ({ hs_ticket_reopened_at: at }),
    blankedByReopening: ['closed_date', 'time_to_close'],
  },
  deals: {
    pipeline: 'pipeline',
    stage: 'dealstage',
    meaning: ({ isClosed, probability = '' }) => ({
      hs_is_closed: flag(isClosed === 'true'),
      hs_is_closed_won: flag(isClosed === 'true' && Number(probability) === 1),
      hs_is_closed_lost: flag(isClosed === 'true' && Number(probability) !== 1),
      hs_deal_stage_probability: probability,
    }),
    closed: () => ({}),
    reopened: () => ({}),
    blankedByReopening: [],
  },
};

/** True for object types with pipelines. */
export function isStaged(type: ObjectType): type is StagedType {
  return Object.hasOwn(stageEffects, type);
}

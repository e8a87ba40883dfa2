import type { Instant, StageChange, StageHistory, TicketFields } from './record.ts';

/** Whether a stage is a closed one; undefined where the pipelines do not have it, or no longer. */
export type IsClosedStage = (stage: string) => boolean | undefined;

/** Steps that are kept: far more than people make, and a small part of what one item of the store holds. */
const longestWay = 1000;

/** What a row, as HubSpot sent it, says about the way of its ticket: another way shows in one of these. */
export const waySaid = ({ stage, reopenedAt, closedAt, endedAt }: TicketFields): readonly unknown[] => [
  stage,
  reopenedAt,
  closedAt,
  endedAt,
];

/** The history of a ticket, to be kept with it. `fields` are as its row of `asOf` gave them. */
export const stageHistoryOf = (
  fields: TicketFields,
  changes: readonly StageChange[],
  asOf?: Instant,
): StageHistory => ({
  of: changes.length > 0 && !endingIn(fields.stage, changes) ? null : waySaid(fields),
  changes: changes.slice(0, longestWay),
  isWhole: changes.length <= longestWay,
  ...(asOf !== undefined && { asOf }),
});

/** What a way through the stages comes to. */
export interface StageWalk {
  /** Null where it was never closed, or where the steps do not show when first: they begin closed or unknown. */
  readonly firstClosedAt: Instant | null;
  readonly lastReopenedAt: Instant | null;
  /** Times it left a closed stage for an open one. */
  readonly reopenCount: number;
}

/**
 * Walks from the oldest step to the newest. A stage that is not known leaves the ticket closed or open as it was; a
 * close right after it may have happened there already, so its moment is not known.
 */
export function walkStages(changes: readonly StageChange[], isClosed: IsClosedStage): StageWalk {
  const closes: (Instant | null)[] = [];
  const reopenings: Instant[] = [];
  let before: 'closed' | 'open' | null = null;
  // Whether the step before was to a stage that is known.
  let seesAll = false;
  for (const { stage, at } of changes.toReversed()) {
    const closed = isClosed(stage);
    if (closed && before !== 'closed') closes.push(seesAll ? at : null);
    if (closed === false && before === 'closed') reopenings.push(at);
    if (closed !== undefined) before = closed ? 'closed' : 'open';
    seesAll = closed !== undefined;
  }
  return {
    firstClosedAt: closes[0] ?? null,
    lastReopenedAt: reopenings.at(-1) ?? null,
    reopenCount: reopenings.length,
  };
}

/**
 * A ticket's fields with what its history adds: when it was first closed and how often it was reopened, which HubSpot
 * overwrites. A count the company keeps itself (`keepsCount`) stands. A history is believed if it has at least two steps
 * (imported tickets have but their current stage), ends in the stage the ticket is in, and knows of no fewer reopenings
 * than the ticket itself; else the fields stay as they are.
 */
export function withStageHistory(
  fields: TicketFields,
  { changes, isWhole }: StageHistory,
  isClosedStage: IsClosedStage,
  { keepsCount }: { readonly keepsCount: boolean },
): TicketFields {
  const steps = endingIn(fields.stage, changes);
  if (!steps || steps.length < 2) return fields;
  const walk = walkStages(steps, (stage) => (stage === fields.stage ? fields.isClosed : isClosedStage(stage)));
  if (walk.reopenCount === 0 || walk.reopenCount < fields.reopenCount) return fields;
  return {
    ...fields,
    firstClosedAt: isWhole ? walk.firstClosedAt : null,
    reopenedAt: fields.reopenedAt ?? walk.lastReopenedAt,
    reopenCount: keepsCount ? fields.reopenCount : walk.reopenCount,
  };
}

/** The steps with the current stage first; null where the newest is another. Of steps of one moment each may be it. */
function endingIn(stage: string | null, changes: readonly StageChange[]): readonly StageChange[] | null {
  const newest = changes[0]?.at;
  const last = changes.findIndex((change) => change.at === newest && change.stage === stage);
  if (last < 0) return null;
  return [...changes.slice(last, last + 1), ...changes.toSpliced(last, 1)];
}

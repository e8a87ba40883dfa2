import type { CxRecord, Fact, RecordId, StageHistory } from '../../domain/records/record.ts';
import { type IsClosedStage, waySaid, withStageHistory } from '../../domain/records/stage-history.ts';
import type { StageMeaning } from '../ports.ts';
import { notedStages } from './noted-stages.ts';
import type { Syncing } from './syncing.ts';

/** The list of tickets whose history is to be read. */
export const dueHistories = 'due histories';

type Ticket = CxRecord<'ticket'>;
type Known = ReadonlyMap<RecordId, CxRecord>;

const isTicket = (record: Fact | undefined): record is Ticket => record?.kind === 'ticket';

/**
 * Rows say nothing of a ticket's way through its stages. So the history that was read stays with the ticket as long as
 * the row says the same about its way, and what follows from it replaces what the row could only guess.
 */
export async function withKnownHistories(
  syncing: Syncing,
  rows: readonly CxRecord[],
  stored: Known,
): Promise<readonly CxRecord[]> {
  if (syncing.config.ticket.history === 'none') return rows;
  const histories = new Map(
    rows.flatMap((row) => {
      const history = stored.get(row.id)?.stageHistory;
      return history && isTicket(row) && isUpToDate(history, row) ? [[row.id, history] as const] : [];
    }),
  );
  if (histories.size === 0) return rows;
  const tell = await historyTeller(syncing);
  return rows.map((row) => {
    const history = histories.get(row.id);
    return history && isTicket(row) ? tell(row, history) : row;
  });
}

const isUpToDate = ({ of }: StageHistory, { fields }: Ticket): boolean =>
  JSON.stringify(of) === JSON.stringify(waySaid(fields));

/** Puts a history to a ticket whose fields are as its row gave them. */
export async function historyTeller({
  store,
  config,
}: Syncing): Promise<(row: Ticket, history: StageHistory) => Ticket> {
  const stages = (await notedStages(store, 'ticket'))?.stages ?? {};
  const keepsCount = config.ticket.reopenCount !== undefined;
  return (row, history) => {
    const fields = withStageHistory(row.fields, history, closedStages(stages, row.fields.pipeline), { keepsCount });
    return { ...row, fields, stageHistory: history };
  };
}

/** The stages of a ticket's own pipeline; those of others where they agree, since tickets move between pipelines. */
const closedStages =
  (stages: Readonly<Record<string, StageMeaning>>, pipeline: string | null): IsClosedStage =>
  (stage) => {
    const own = stages[`${pipeline}/${stage}`];
    if (own) return own.isClosed;
    const others = Object.entries(stages).flatMap(([name, { isClosed }]) =>
      name.endsWith(`/${stage}`) ? [isClosed] : [],
    );
    return new Set(others).size === 1 ? others[0] : undefined;
  };

/**
 * Notes the tickets whose history the configuration asks for and that have none up to date: before they are saved, since
 * nothing tells afterwards that they were reopened under our eyes.
 */
export async function noteDueHistories(
  { store, config }: Syncing,
  records: readonly CxRecord[],
  stored: Known,
): Promise<void> {
  const { history: rule } = config.ticket;
  if (rule === 'none' || config.sync.historyShareOfDay === 0) return;
  const due = records.filter((record) => {
    if (!isTicket(record) || hasHistory(record)) return false;
    const known = stored.get(record.id);
    return asks[rule](record, isTicket(known) ? known : undefined);
  });
  await store.noteIds(
    dueHistories,
    due.map(({ id }) => id),
  );
}

/** Whether its history was read, and it was not modified since. */
export const hasHistory = ({ stageHistory, modifiedAt }: Ticket): boolean =>
  stageHistory !== undefined && modifiedAt <= (stageHistory.asOf ?? Number.POSITIVE_INFINITY);

type Asks = (ticket: Ticket, known: Ticket | undefined) => boolean;

/** Reopened by what the portal says, or under our eyes; and whoever had a history keeps having one. */
const reopened: Asks = ({ fields }, known) =>
  fields.reopenedAt !== null ||
  fields.reopenCount > 0 ||
  (known?.fields.isClosed && !fields.isClosed) ||
  known?.stageHistory !== undefined;

const asks: Readonly<Record<'reopened' | 'closed', Asks>> = {
  reopened,
  closed: (ticket, known) => ticket.fields.isClosed || known?.fields.isClosed === true || reopened(ticket, known),
};

import type { CxRecord, RecordId, StageChange } from '#domain/records/record.ts';
import { stageHistoryOf, withStageHistory } from '#domain/records/stage-history.ts';
import { stageFacts } from '#hubspot/stages.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import { historyOf } from '#local/simulator/state/record-values.ts';
import type { Records } from './expected.ts';

type Ticket = CxRecord<'ticket'>;

/** A ticket's way through its stages as the portal itself has it, newest first. */
function wayOf(portal: PortalState, id: RecordId): StageChange[] {
  const record = portal.records.tickets.get(id);
  const versions = record ? historyOf('tickets', record, 'hs_pipeline_stage') : [];
  return versions
    .filter(({ value }) => value !== '')
    .map(({ value, timestamp }) => ({ stage: value, at: Date.parse(timestamp) }))
    .sort((a, b) => b.at - a.at);
}

/**
 * Whether a ticket's history is read depends on what was seen of it; what follows from a history does not. So tickets
 * whose mirror has one are expected to read as the portal's own history says.
 */
export function withHistories(expected: Records, held: Records, portal: PortalState): Records {
  const closed = new Map(
    portal
      .pipelines('tickets')
      .flatMap(({ stages }) => stages.map(({ id, metadata }) => [id, stageFacts(metadata).isClosed ?? false])),
  );
  const tickets = [...(expected.ticket as ReadonlyMap<RecordId, Ticket>)].map(([id, ticket]): [RecordId, Ticket] => {
    if (!(held.ticket.get(id) as Ticket | undefined)?.stageHistory) return [id, ticket];
    const history = stageHistoryOf(ticket.fields, wayOf(portal, id));
    const fields = withStageHistory(ticket.fields, history, (stage) => closed.get(stage), { keepsCount: false });
    return [id, { ...ticket, fields }];
  });
  return { ...expected, ticket: new Map(tickets) };
}

/** Tickets that say they were reopened, and whose history was never read. */
export const withoutHistory = (expected: Records, held: Records): string[] =>
  [...(expected.ticket as ReadonlyMap<RecordId, Ticket>).values()]
    .filter(({ id, fields }) => fields.reopenedAt !== null && held.ticket.has(id))
    .filter(({ id }) => !(held.ticket.get(id) as Ticket).stageHistory)
    .map(({ id }) => `ticket ${id} was reopened, and its stage history was never read`);

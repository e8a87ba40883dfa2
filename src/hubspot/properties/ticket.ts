import type { ConnectorConfig } from '#platform/config.ts';
import { from, type Mapping, mapping, type Note } from './mapping.ts';
import { bool, moment, number, text } from './readers.ts';

const reopened = (counted: number | null, at: number | null, note: Note): number => {
  if (counted !== null && Number.isInteger(counted) && counted >= 0) return counted;
  if (counted !== null) note('reopenCount', `${counted} is not a count`);
  return at === null ? 0 : 1;
};

/**
 * Tickets. Closed is what HubSpot's flag says, else what the stage is set to in its pipeline. An open ticket has no close:
 * a close date left behind by a reopening is not one.
 */
export const ticketMapping = (config: ConnectorConfig): Mapping<'ticket'> =>
  mapping(
    {
      subject: from('subject', text),
      pipeline: from('hs_pipeline', text),
      stage: from('hs_pipeline_stage', text),
      category: from('hs_ticket_category', text),
      priority: from('hs_ticket_priority', text),
      channel: from('source_type', text),
      ownerId: from('hubspot_owner_id', text),
      openedAt: from('createdate', moment),
      closedFlag: from('hs_is_closed', bool),
      mappedClose: from(config.ticket.closedAt, moment),
      lastClose: from(config.ticket.lastClosedAt, moment),
      firstResponseAt: from(config.ticket.firstResponseAt, moment),
      reopenedAt: from(config.ticket.reopenedAt, moment),
      counted: from(config.ticket.reopenCount ?? [], number),
    },
    ({ closedFlag, mappedClose, lastClose, counted, ...fields }, note, portal) => {
      const stage = portal.stage(fields.pipeline, fields.stage);
      const isClosed = closedFlag ?? stage?.isClosed ?? false;
      const closedAt = isClosed ? mappedClose : null;
      const reopenCount = reopened(counted, fields.reopenedAt, note);
      if (closedFlag === null && !stage) note('isClosed', 'neither hs_is_closed nor the pipeline says; taken as open');
      return {
        ...fields,
        isClosed,
        closedAt,
        endedAt: isClosed ? (mappedClose ?? lastClose) : null,
        firstClosedAt: reopenCount === 0 ? closedAt : null,
        reopenCount,
      };
    },
  );

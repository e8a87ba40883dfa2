import type { RecordKind } from '#domain/records/record.ts';

/**
 * Properties of which HubSpot calculates others that are read as well: their value alone does not say how a record reads
 * now. Calculated properties are not known to fire events of their own.
 */
const moving: Readonly<Partial<Record<RecordKind, readonly string[]>>> = {
  contact: ['lifecyclestage'],
  company: ['lifecyclestage'],
  deal: ['pipeline', 'dealstage', 'amount', 'deal_currency_code'],
  ticket: ['hs_pipeline', 'hs_pipeline_stage'],
};

/** Properties that name a linked record. */
const naming: Readonly<Partial<Record<RecordKind, readonly string[]>>> = { answer: ['hs_contact_id', 'hs_ticket_id'] };

export const namesLink = (kind: RecordKind, property: string): boolean => naming[kind]?.includes(property) ?? false;

/** Whether other things we read change along with this property. */
export const movesOthers = (kind: RecordKind, property: string): boolean =>
  (moving[kind]?.includes(property) ?? false) || namesLink(kind, property);

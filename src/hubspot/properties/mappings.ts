import type { RecordKind } from '#domain/records/record.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { answerMapping } from './answer.ts';
import { callMapping } from './call.ts';
import { companyMapping } from './company.ts';
import { contactMapping } from './contact.ts';
import { dealMapping } from './deal.ts';
import type { Mapping } from './mapping.ts';
import { subscriptionMapping } from './subscription.ts';
import { ticketMapping } from './ticket.ts';

/** A mapping for every kind. */
export type Mappings = { readonly [K in RecordKind]: Mapping<K> };

/** How each kind is read under this configuration. */
export const mappingsFor = (config: ConnectorConfig): Mappings => ({
  contact: contactMapping(config),
  company: companyMapping(config),
  deal: dealMapping(config),
  ticket: ticketMapping(config),
  answer: answerMapping(config),
  call: callMapping(),
  subscription: subscriptionMapping(),
});

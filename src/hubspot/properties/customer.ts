import type { ContactFields, Instant } from '#domain/records/record.ts';
import type { CustomerKind } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { from, type Source, type ValuesOf } from './mapping.ts';
import { list, moment, number, text } from './readers.ts';

/** Every mapped property of one kind, in the order the configuration names them. */
const mapped = (kind: CustomerKind, properties: ConnectorConfig['products']): string[] =>
  properties.filter(({ on }) => on === kind).map(({ property }) => property);

/** HubSpot's own two properties for the day a lifecycle stage was entered: calculated, and the older one. */
const entered = (stage: string): string[] => [`hs_v2_date_entered_${stage}`, `hs_lifecyclestage_${stage}_date`];

interface CustomerSources {
  readonly lifecycleStage: Source<string>;
  readonly ownerId: Source<string>;
  readonly mappedSince: Source<Instant>;
  readonly stageSince: Source<Instant>;
  readonly customerUntil: Source<Instant>;
  readonly renewalAt: Source<Instant>;
  readonly lastContactedAt: Source<Instant>;
  readonly usageRecent: Source<number>;
  readonly usageBefore: Source<number>;
  readonly products: Source<readonly string[]>;
}

/** The sources that contacts and companies share. */
export const customerSources = (kind: CustomerKind, config: ConnectorConfig): CustomerSources => ({
  lifecycleStage: from('lifecyclestage', text),
  ownerId: from('hubspot_owner_id', text),
  mappedSince: from(mapped(kind, config.customer.since), moment),
  stageSince: from(config.customer.lifecycleStages.flatMap(entered), moment),
  customerUntil: from(mapped(kind, config.customer.until), moment),
  renewalAt: from(mapped(kind, config.customer.renewal), moment),
  lastContactedAt: from('notes_last_contacted', moment),
  usageRecent: from(mapped(kind, config.usage.recent), number),
  usageBefore: from(mapped(kind, config.usage.before), number),
  products: from(mapped(kind, config.products), list),
});

type Shared = Omit<ContactFields, 'name' | 'email'>;

/**
 * The fields that contacts and companies share. A mapped beginning counts for every record. The day of the lifecycle stage
 * counts only for customers: those in a customer stage now, and those with a mapped end, who were customers before it.
 */
export function customerFields(values: ValuesOf<CustomerSources>, config: ConnectorConfig): Shared {
  const { mappedSince, stageSince, ...shared } = values;
  const { lifecycleStage, customerUntil } = values;
  const isCustomer = lifecycleStage !== null && config.customer.lifecycleStages.includes(lifecycleStage);
  const wasCustomer = customerUntil !== null;
  return { ...shared, isCustomer, customerSince: mappedSince ?? (isCustomer || wasCustomer ? stageSince : null) };
}

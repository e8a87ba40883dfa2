import type { ConnectorConfig } from '#platform/config.ts';
import { customerFields, customerSources } from './customer.ts';
import { from, type Mapping, mapping } from './mapping.ts';
import { text } from './readers.ts';

/** Companies. */
export const companyMapping = (config: ConnectorConfig): Mapping<'company'> =>
  mapping(
    { name: from('name', text), domain: from('domain', text), ...customerSources('company', config) },
    ({ name, domain, ...customer }) => ({ name, domain, ...customerFields(customer, config) }),
  );

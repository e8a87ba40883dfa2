import type { ConnectorConfig } from '#platform/config.ts';
import { customerFields, customerSources } from './customer.ts';
import { from, type Mapping, mapping } from './mapping.ts';
import { text } from './readers.ts';

/** Contacts. The name is the first and last name, whichever are there. */
export const contactMapping = (config: ConnectorConfig): Mapping<'contact'> =>
  mapping(
    {
      firstName: from('firstname', text),
      lastName: from('lastname', text),
      email: from('email', text),
      ...customerSources('contact', config),
    },
    ({ firstName, lastName, email, ...customer }) => ({
      name: [firstName, lastName].filter((part) => part !== null).join(' ') || null,
      email,
      ...customerFields(customer, config),
    }),
  );

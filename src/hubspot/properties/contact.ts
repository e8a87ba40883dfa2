import type { ConnectorConfig } from '#platform/config.ts';
import { customerFields, customerSources } from './customer.ts';
import { from, type Mapping, mapping } from './mapping.ts';
import { text } from './readers.ts';

/** Chinese, Japanese and Korean names put the family first, without a space. */
const familyFirst = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;

const fullName = (first: string | null, last: string | null): string | null => {
  if (first && last && familyFirst.test(first) && familyFirst.test(last)) return `${last}${first}`;
  return [first, last].filter((part) => part !== null).join(' ') || null;
};

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
      name: fullName(firstName, lastName),
      email,
      ...customerFields(customer, config),
    }),
  );

import type { RecordKind } from '#domain/records/record.ts';

/** What HubSpot calls a kind of record, and the property that says when one was last modified. */
export interface ObjectType {
  /** In paths. */
  readonly path: string;
  /** In webhooks of the classic form, as in `contact.creation` and `CONTACT_TO_COMPANY`. */
  readonly name: string;
  /** In webhooks of the generic form (https://developers.hubspot.com/docs/guides/crm/understanding-the-crm). */
  readonly typeId: string;
  readonly modified: string;
}

const modified = 'hs_lastmodifieddate';

/**
 * Contacts filter by `lastmodifieddate`: they also have `hs_lastmodifieddate`, whose filter finds nothing
 * (https://developers.hubspot.com/docs/api-reference/search/guide). All others use `hs_lastmodifieddate`.
 */
export const objectTypes: Readonly<Record<RecordKind, ObjectType>> = {
  contact: { path: 'contacts', name: 'contact', typeId: '0-1', modified: 'lastmodifieddate' },
  company: { path: 'companies', name: 'company', typeId: '0-2', modified },
  deal: { path: 'deals', name: 'deal', typeId: '0-3', modified },
  ticket: { path: 'tickets', name: 'ticket', typeId: '0-5', modified },
  answer: { path: 'feedback_submissions', name: 'feedback_submission', typeId: '0-19', modified },
  call: { path: 'calls', name: 'call', typeId: '0-48', modified },
  subscription: { path: 'subscriptions', name: 'subscription', typeId: '0-69', modified },
};

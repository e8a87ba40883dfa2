import type { RecordKind } from '#domain/records/record.ts';

/** What HubSpot calls a kind of record in its paths, and the property that says when one was last modified. */
export interface ObjectType {
  readonly path: string;
  readonly modified: string;
}

/**
 * Contacts filter by `lastmodifieddate`: they also have `hs_lastmodifieddate`, whose filter finds nothing
 * (https://developers.hubspot.com/docs/api-reference/search/guide). All others use `hs_lastmodifieddate`.
 */
export const objectTypes: Readonly<Record<RecordKind, ObjectType>> = {
  contact: { path: 'contacts', modified: 'lastmodifieddate' },
  company: { path: 'companies', modified: 'hs_lastmodifieddate' },
  deal: { path: 'deals', modified: 'hs_lastmodifieddate' },
  ticket: { path: 'tickets', modified: 'hs_lastmodifieddate' },
  answer: { path: 'feedback_submissions', modified: 'hs_lastmodifieddate' },
  call: { path: 'calls', modified: 'hs_lastmodifieddate' },
  subscription: { path: 'subscriptions', modified: 'hs_lastmodifieddate' },
};

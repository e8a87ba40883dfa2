import type { RecordKind } from '#domain/records/record.ts';
import type { ObjectType } from './portals/portal.ts';

/** HubSpot's name for each kind of record, as reports show it. */
export const objectNames: Readonly<Record<RecordKind, ObjectType>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  answer: 'feedback_submissions',
  call: 'calls',
  subscription: 'subscriptions',
};

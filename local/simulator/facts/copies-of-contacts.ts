import type { ObjectType } from '../../portals/portal.ts';

/** Properties of other records that repeat whom they came from; a privacy deletion of the contact blanks them. */
export const copiesOfContacts: readonly {
  readonly type: ObjectType;
  readonly contactId: string;
  readonly copies: readonly string[];
}[] = [
  {
    type: 'feedback_submissions',
    contactId: 'hs_contact_id',
    copies: ['hs_contact_id', 'hs_contact_email_rollup', 'hs_contact_firstname', 'hs_contact_lastname'],
  },
];

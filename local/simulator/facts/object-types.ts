import type { ObjectType, Tier } from '../../portals/portal.ts';

/** What a property's value is taken from when the record does not carry it itself. */
export type DerivedFrom = 'id' | 'createdAt' | 'updatedAt';

/** What HubSpot fixes about an object type. */
export interface ObjectTypeFacts {
  readonly singular: string;
  /** The numeric name usable wherever the plural one is (docs: Understanding the CRM, object type ids). */
  readonly typeId: string;
  readonly created: string;
  /** The property that moves with every change and that an incremental search filters on (docs: CRM search). */
  readonly modified: string;
  readonly derived: Readonly<Record<string, DerivedFrom>>;
  /** Returned when a request names no properties (docs: CRM search, default properties). */
  readonly defaults: readonly string[];
  /** What `query` looks into (docs: CRM search, searchable properties). */
  readonly searchable: readonly string[];
  /** Properties whose search filters match nothing, whatever the records hold. */
  readonly unsearchable: readonly string[];
  readonly group: string;
  /** False where the public API answers every write with 405 (docs: feedback submissions are read-only). */
  readonly writable: boolean;
  readonly minimumTier: Tier;
  /** What a new record must state (docs: tickets guide). */
  readonly required: readonly string[];
  /** True where two records can become one (docs: merge records; spec: paths `merge`). */
  readonly mergeable: boolean;
  /** True where the API deletes for privacy (spec: paths `gdpr-delete`, contacts alone). */
  readonly erasable: boolean;
}

const stamps = { hs_object_id: 'id', hs_createdate: 'createdAt', hs_lastmodifieddate: 'updatedAt' } as const;
const crmStamps = { hs_object_id: 'id', createdate: 'createdAt', hs_lastmodifieddate: 'updatedAt' } as const;
const bare = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'] as const;

/** Every object type the simulator holds, with HubSpot's facts about it. */
export const objectTypeFacts: Readonly<Record<ObjectType, ObjectTypeFacts>> = {
  contacts: {
    singular: 'contact',
    typeId: '0-1',
    created: 'createdate',
    modified: 'lastmodifieddate',
    derived: { hs_object_id: 'id', createdate: 'createdAt', lastmodifieddate: 'updatedAt' },
    defaults: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
    searchable: ['firstname', 'lastname', 'email', 'phone', 'company', 'mobilephone', 'hs_additional_emails'],
    // Observed: a contact search filtered on it answers 0 rows without an error (airbytehq/airbyte PR 85019).
    unsearchable: ['hs_lastmodifieddate'],
    group: 'contactinformation',
    writable: true,
    minimumTier: 'free',
    required: [],
    mergeable: true,
    erasable: true,
  },
  companies: {
    singular: 'company',
    typeId: '0-2',
    created: 'createdate',
    modified: 'hs_lastmodifieddate',
    derived: crmStamps,
    defaults: ['name', 'domain', 'createdate', 'hs_lastmodifieddate', 'hs_object_id'],
    searchable: ['website', 'phone', 'name', 'domain'],
    unsearchable: [],
    group: 'companyinformation',
    writable: true,
    minimumTier: 'free',
    required: [],
    mergeable: true,
    erasable: false,
  },
  deals: {
    singular: 'deal',
    typeId: '0-3',
    created: 'createdate',
    modified: 'hs_lastmodifieddate',
    derived: { ...crmStamps, hs_createdate: 'createdAt' },
    defaults: [
      'dealname',
      'amount',
      'closedate',
      'pipeline',
      'dealstage',
      'createdate',
      'hs_lastmodifieddate',
      'hs_object_id',
    ],
    searchable: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
    unsearchable: [],
    group: 'dealinformation',
    writable: true,
    minimumTier: 'free',
    required: [],
    mergeable: true,
    erasable: false,
  },
  tickets: {
    singular: 'ticket',
    typeId: '0-5',
    created: 'createdate',
    modified: 'hs_lastmodifieddate',
    derived: { ...crmStamps, hs_ticket_id: 'id' },
    defaults: [
      'content',
      'hs_pipeline',
      'hs_pipeline_stage',
      'hs_ticket_category',
      'hs_ticket_priority',
      'subject',
      'createdate',
      'hs_lastmodifieddate',
      'hs_object_id',
    ],
    searchable: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_id'],
    unsearchable: [],
    group: 'ticketinformation',
    writable: true,
    minimumTier: 'free',
    required: ['subject', 'hs_pipeline', 'hs_pipeline_stage'],
    mergeable: true,
    erasable: false,
  },
  feedback_submissions: {
    singular: 'feedback_submission',
    typeId: '0-19',
    created: 'hs_createdate',
    modified: 'hs_lastmodifieddate',
    derived: stamps,
    defaults: bare,
    searchable: ['hs_submission_name', 'hs_content'],
    unsearchable: [],
    group: 'feedback_submission_information',
    writable: false,
    minimumTier: 'professional',
    required: [],
    mergeable: false,
    erasable: false,
  },
  calls: {
    singular: 'call',
    typeId: '0-48',
    created: 'hs_createdate',
    modified: 'hs_lastmodifieddate',
    derived: stamps,
    defaults: bare,
    searchable: ['hs_call_title', 'hs_call_body'],
    unsearchable: [],
    group: 'callinformation',
    writable: true,
    minimumTier: 'free',
    required: [],
    mergeable: false,
    erasable: false,
  },
  subscriptions: {
    singular: 'subscription',
    typeId: '0-69',
    created: 'hs_createdate',
    modified: 'hs_lastmodifieddate',
    derived: stamps,
    defaults: bare,
    searchable: ['hs_name'],
    unsearchable: [],
    group: 'subscription_information',
    writable: true,
    minimumTier: 'free',
    required: [],
    mergeable: false,
    erasable: false,
  },
};

const names = Object.entries(objectTypeFacts) as [ObjectType, ObjectTypeFacts][];
const aliases = new Map(
  names.flatMap(([plural, { singular, typeId }]) => [plural, singular, typeId].map((name) => [name, plural] as const)),
);

/** The object type behind a name in a path: plural, singular or numeric id, in any case. */
export function objectTypeNamed(name: string): ObjectType | undefined {
  return aliases.get(name.toLowerCase());
}

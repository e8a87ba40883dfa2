import { demoDefinition } from '#local/portals/demo/definition.ts';
import { type ObjectType, objectTypes, type Portal, type PortalRecord } from '#local/portals/portal.ts';
import { unevenIds } from './uneven-ids.ts';

/** How many records of each type. Other types are empty. */
export type PortalSize = Readonly<Partial<Record<ObjectType, number>>>;

const seed = 1;
/** Every so many-th ticket was reopened: its way through the stages is worth reading. */
const reopenedEvery = 20;
/** Every so many-th contact has a company. What a call reads links of does not depend on how many there are. */
const employedEvery = 10;

const createdAt = '2026-03-02T09:00:00.000Z';
const updatedAt = '2026-03-09T15:00:00.000Z';
const reopenedAt = '2026-03-05T08:00:00.000Z';

/** What records hold: little, and shared among them, so that a million fit in memory. */
const values = {
  contacts: { lifecyclestage: 'customer', firstname: 'Ana', lastname: 'Silva' },
  tickets: { subject: 'Help', hs_pipeline: '0', hs_pipeline_stage: '1' },
  reopenedTickets: {
    subject: 'Help again',
    hs_pipeline: '0',
    hs_pipeline_stage: '1',
    hs_ticket_reopened_at: reopenedAt,
  },
  feedback_submissions: { hs_survey_type: 'NPS', hs_value: '9', hs_submission_timestamp: updatedAt },
  companies: { name: 'Acme', lifecyclestage: 'customer' },
} as const;

type Associations = PortalRecord['associations'];

/** A portal of any size: contacts with companies, tickets and answers of contacts, and nothing that changes by itself. */
export function largePortal(size: PortalSize): Portal {
  const ids = (type: ObjectType): string[] => unevenIds(size[type] ?? 0, seed, type);
  const [contacts, companies, tickets, answers] = [
    ids('contacts'),
    ids('companies'),
    ids('tickets'),
    ids('feedback_submissions'),
  ];
  const any = (list: readonly string[], at: number): string[] => {
    const id = list[(at * 7919) % Math.max(1, list.length)];
    return id === undefined ? [] : [id];
  };
  const record = (id: string, properties: PortalRecord['properties'], associations?: Associations): PortalRecord => ({
    id,
    properties,
    ...(associations && { associations }),
    createdAt,
    updatedAt,
    archived: false,
  });

  const empty = Object.fromEntries(objectTypes.map((type) => [type, []])) as unknown as Portal['records'];
  return {
    definition: { ...demoDefinition({ seed, scale: 1, world: 'real' }), name: 'large', mappings: {} },
    records: {
      ...empty,
      companies: companies.map((id) => record(id, values.companies)),
      contacts: contacts.map((id, at) =>
        record(id, values.contacts, at % employedEvery === 0 ? { companies: any(companies, at) } : undefined),
      ),
      tickets: tickets.map((id, at) =>
        record(id, at % reopenedEvery === 0 ? values.reopenedTickets : values.tickets, { contacts: any(contacts, at) }),
      ),
      feedback_submissions: answers.map((id, at) =>
        record(id, values.feedback_submissions, { contacts: any(contacts, at) }),
      ),
    },
    future: [],
  };
}

import type { Portal, PortalRecord } from '#local/portals/portal.ts';

const day = 86_400_000;

/** Words that must never reach a log. */
export const personal = { name: 'Wilhelmina', email: 'wilhelmina.secret@example.com', comment: 'My knee hurts again' };

/** Three customers with tickets and survey answers of the last weeks before `now`. */
export function smallPortal(now: number): Portal {
  const ago = (days: number): string => new Date(now - days * day).toISOString();
  const record = (
    id: string,
    days: number,
    properties: PortalRecord['properties'],
    associations: PortalRecord['associations'] = {},
  ): PortalRecord => ({ id, properties, associations, createdAt: ago(days), updatedAt: ago(1), archived: false });

  const contacts = ['101', '102', '103'].map((id, index) =>
    record(id, 400, {
      firstname: personal.name,
      lastname: `No. ${index + 1}`,
      email: `${index}.${personal.email}`,
      lifecyclestage: 'customer',
      hs_v2_date_entered_customer: ago(400),
    }),
  );
  const of = (index: number) => ({ contacts: [`10${(index % 3) + 1}`] });
  const tickets = Array.from({ length: 12 }, (_, index) =>
    record(
      `${501 + index}`,
      index * 3 + 4,
      {
        subject: personal.comment,
        hs_pipeline: '0',
        hs_pipeline_stage: '4',
        createdate: ago(index * 3 + 4),
        closed_date: ago(index * 3 + 3),
      },
      of(index),
    ),
  );
  const answers = Array.from({ length: 12 }, (_, index) =>
    record(
      `${901 + index}`,
      index * 3 + 3,
      {
        hs_survey_type: 'NPS',
        hs_survey_id: '1',
        hs_value: String(index % 11),
        hs_content: personal.comment,
        hs_submission_timestamp: ago(index * 3 + 3),
      },
      of(index),
    ),
  );
  return {
    definition: {
      name: 'small',
      description: 'Three customers.',
      account: { portalId: 4711, timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
      tier: 'enterprise',
      asOf: new Date(now).toISOString(),
      pipelines: {
        tickets: [
          {
            id: '0',
            label: 'Support',
            stages: [
              { id: '1', label: 'New', metadata: { ticketState: 'OPEN' } },
              { id: '4', label: 'Closed', metadata: { ticketState: 'CLOSED' } },
            ],
          },
        ],
        deals: [],
      },
      owners: [],
      properties: {},
      mappings: {},
    },
    records: {
      contacts,
      companies: [],
      deals: [],
      tickets,
      feedback_submissions: answers,
      calls: [],
      subscriptions: [],
    },
    future: [],
  };
}

import type { Portal, PortalRecord, PropertyDefinition } from '#local/portals/portal.ts';
import { record, smallPortal } from '#test/simulator/small-portal.ts';

const on = (date: string): string => `2026-${date}T10:00:00.000Z`;

const since: PropertyDefinition = { name: 'customer_since', label: 'Customer since', type: 'date', fieldType: 'date' };

const customer = (id: string, rest: Partial<PortalRecord> = {}): PortalRecord =>
  record(id, {
    properties: { lifecyclestage: 'customer', [since.name]: '2025-01-10' },
    ...rest,
  });

const ticket = (id: string, opened: string, closed: string | null, contact: string, company?: string): PortalRecord =>
  record(id, {
    properties: {
      subject: `Ticket ${id}`,
      hs_pipeline: '0',
      hs_pipeline_stage: closed ? '4' : '1',
      createdate: on(opened),
      closed_date: closed ? on(closed) : null,
    },
    associations: { contacts: [contact], ...(company && { companies: [company] }) },
  });

const answer = (id: string, day: string | null, rating: number, contact: string, about?: string): PortalRecord =>
  record(id, {
    properties: {
      hs_survey_type: 'NPS',
      hs_survey_id: '1',
      hs_value: String(rating),
      hs_content: `Because of ${id}`,
      hs_submission_timestamp: day && on(day),
    },
    associations: { contacts: [contact], ...(about && { tickets: [about] }) },
  });

const deal = (id: string, day: string, contact: string): PortalRecord =>
  record(id, {
    properties: { pipeline: 'default', dealstage: 'closedwon', closedate: on(day), amount_in_home_currency: '900' },
    associations: { contacts: [contact] },
  });

/** Two companies and five contacts, one of them on its own, with tickets, answers and deals on a handful of days. */
export const fewCustomers = (mappings: Portal['definition']['mappings'] = {}): Portal =>
  smallPortal(
    {
      companies: [customer('21'), customer('22')],
      contacts: [
        customer('101', { associations: { companies: ['21'] } }),
        customer('102', { associations: { companies: ['21'] } }),
        customer('103', { associations: { companies: ['22'] } }),
        customer('104'),
        record('105'),
      ],
      tickets: [
        ticket('501', '08-03', '08-04', '101', '21'),
        ticket('502', '08-03', null, '103', '22'),
        ticket('503', '08-04', '08-05', '104'),
        ticket('504', '08-05', '08-05', '101', '21'),
      ],
      feedback_submissions: [
        answer('901', '08-04', 9, '101', '501'),
        answer('902', '08-05', 2, '103', '502'),
        answer('903', '08-05', 10, '104'),
        answer('904', null, 7, '102'),
      ],
      deals: [deal('701', '08-03', '104'), deal('702', '08-05', '104')],
    },
    {
      properties: { contacts: [since], companies: [since] },
      mappings: {
        customer: { since: ['contact', 'company'].map((on) => ({ on, property: since.name })) },
        ...mappings,
      },
    },
  );

import type { ObjectType, Pipeline, Portal, PortalRecord } from '#local/portals/portal.ts';
import { objectTypes } from '#local/portals/portal.ts';

/** The moment the small portal was taken. */
export const asOf = '2026-09-01T00:00:00.000Z';

const stage = (id: string, label: string, metadata: Record<string, string>) => ({ id, label, metadata });

const support: Pipeline = {
  id: '0',
  label: 'Support Pipeline',
  stages: [
    stage('1', 'New', { ticketState: 'OPEN', isClosed: 'false' }),
    stage('4', 'Closed', { ticketState: 'CLOSED', isClosed: 'true' }),
  ],
};

const sales: Pipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  stages: [stage('closedwon', 'Closed won', { isClosed: 'true', probability: '1.0' })],
};

/** A record; dates and state have defaults. */
export function record(id: string, fields: Partial<PortalRecord> = {}): PortalRecord {
  return {
    id,
    properties: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-06-01T00:00:00.000Z',
    archived: false,
    ...fields,
  };
}

/** A portal with the records given and nothing else; two owners, one of them gone. */
export function smallPortal(
  records: Partial<Record<ObjectType, readonly PortalRecord[]>> = {},
  rest: Partial<Portal['definition']> & { future?: Portal['future'] } = {},
): Portal {
  const { future = [], ...definition } = rest;
  return {
    definition: {
      name: 'small',
      description: 'A portal for tests.',
      account: { portalId: 4242, timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
      tier: 'professional',
      asOf,
      pipelines: { tickets: [support], deals: [sales] },
      owners: [
        { id: '71', userId: 9001, email: 'ada@example.com', firstName: 'Ada', lastName: 'L', archived: false },
        { id: '72', userId: 9002, email: 'bob@example.com', firstName: 'Bob', lastName: 'M', archived: false },
        { id: '73', userId: 9003, email: 'cyd@example.com', firstName: 'Cyd', lastName: 'N', archived: true },
      ],
      properties: {
        contacts: [
          { name: 'cx_score', label: 'CX score', type: 'number', fieldType: 'number' },
          {
            name: 'cx_band',
            label: 'CX band',
            type: 'enumeration',
            fieldType: 'select',
            options: [
              { label: 'Good', value: 'good' },
              { label: 'Bad', value: 'bad' },
            ],
          },
          { name: 'cx_day', label: 'CX day', type: 'date', fieldType: 'date' },
          { name: 'cx_at', label: 'CX at', type: 'datetime', fieldType: 'date' },
          { name: 'cx_flag', label: 'CX flag', type: 'bool', fieldType: 'booleancheckbox' },
        ],
      },
      mappings: {},
      ...definition,
    },
    records: Object.fromEntries(objectTypes.map((type) => [type, records[type] ?? []])) as unknown as Portal['records'],
    future,
  };
}

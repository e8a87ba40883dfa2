/** What the portals made of published sets have in common. */
import type { ConnectorConfigInput } from '#platform/config.ts';
import {
  objectTypes,
  type Portal,
  type PortalDefinition,
  type PortalRecord,
  type PropertyDefinition,
} from '../portal.ts';
import { dealPipeline, ticketPipeline } from '../stock-pipelines.ts';

type Described = Pick<PortalDefinition, 'name' | 'description' | 'account' | 'asOf'> &
  Partial<Pick<PortalDefinition, 'pipelines' | 'owners' | 'properties'>> & { readonly mappings: ConnectorConfigInput };

/** A portal that is studied as a whole and does not live on. */
export function asPortal(described: Described, records: Partial<Portal['records']>): Portal {
  const all = Object.fromEntries(
    objectTypes.map((type) => [type, records[type] ?? []]),
  ) as unknown as Portal['records'];
  return {
    definition: {
      tier: 'professional',
      defaultWindow: 'all',
      pipelines: { tickets: [ticketPipeline], deals: [dealPipeline] },
      owners: [],
      properties: {},
      ...described,
    },
    records: all,
    future: [],
  };
}

/** A record that was not archived; `updatedAt` is the last thing the source says about it. */
export function record(
  id: string,
  properties: PortalRecord['properties'],
  dates: { readonly createdAt: number; readonly updatedAt?: number },
  associations?: NonNullable<PortalRecord['associations']>,
): PortalRecord {
  const { createdAt, updatedAt = createdAt } = dates;
  return {
    id,
    properties,
    ...(associations && { associations }),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    archived: false,
  };
}

/** A won deal in the home currency; `closedAt` is null where the source has no date. */
export function wonDeal(
  dealname: string,
  amount: string,
  closedAt: number | null,
  properties: PortalRecord['properties'] = {},
): PortalRecord['properties'] {
  return {
    dealname,
    pipeline: 'default',
    dealstage: 'closedwon',
    amount,
    amount_in_home_currency: amount,
    hs_is_closed: 'true',
    hs_is_closed_won: 'true',
    ...(closedAt !== null && { closedate: iso(closedAt) }),
    ...properties,
  };
}

export const iso = (at: number): string => new Date(at).toISOString();

/** Definition of a number property. */
export const numberProperty = (name: string, label: string): PropertyDefinition => ({
  name,
  label,
  type: 'number',
  fieldType: 'number',
});

/** Definition of a drop-down whose options are the values that occur. */
export function choiceProperty(name: string, label: string, values: Iterable<string>): PropertyDefinition {
  const options = [...new Set(values)].sort().map((value) => ({ label: value, value }));
  return { name, label, type: 'enumeration', fieldType: 'select', options };
}

import { onTestFinished } from 'vitest';
import type { HubSpotOptions } from '#hubspot/crm.ts';
import { type ObjectType, objectTypes, type Portal, type PortalRecord } from '#local/portals/portal.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import type { Crm } from '#pipeline/ports.ts';
import type { ConnectorConfigInput } from '#platform/config.ts';
import { configured, connected } from './connecting.ts';
import { type TickClock, tickClock } from './tick-clock.ts';

/** A record modified at the beginning of 2026, unless told otherwise. */
export const record = (
  id: string,
  properties: PortalRecord['properties'] = {},
  rest: Partial<PortalRecord> = {},
): PortalRecord => ({
  id,
  properties,
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  archived: false,
  ...rest,
});

/** A portal in euros with one pipeline for tickets and one for deals. */
export const portalOf = (records: Partial<Record<ObjectType, readonly PortalRecord[]>>): Portal => ({
  definition: {
    name: 'adapter',
    description: 'A portal for tests of the adapter.',
    account: { portalId: 4242, timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
    tier: 'professional',
    asOf: '2026-09-01T00:00:00.000Z',
    pipelines: {
      tickets: [
        {
          id: '0',
          label: 'Support',
          stages: [
            { id: '1', label: 'New', metadata: { ticketState: 'OPEN', isClosed: 'false' } },
            { id: '77', label: 'Done', metadata: { ticketState: 'CLOSED', isClosed: 'true' } },
          ],
        },
      ],
      deals: [
        {
          id: 'default',
          label: 'Sales',
          stages: [{ id: 'closedwon', label: 'Won', metadata: { isClosed: 'true', probability: '1.0' } }],
        },
      ],
    },
    owners: [],
    properties: {},
    mappings: {},
  },
  records: Object.fromEntries(objectTypes.map((type) => [type, records[type] ?? []])) as unknown as Portal['records'],
  future: [],
});

/** The adapter and the simulated HubSpot behind it, on one clock; stops with the test. */
export interface Together {
  readonly crm: Crm;
  readonly simulator: Simulator;
  readonly clock: TickClock;
}

/** Starts both. */
export async function together(
  portal: Portal,
  options: Partial<SimulatorOptions> & {
    config?: ConnectorConfigInput;
    token?: string;
    sizes?: HubSpotOptions['sizes'];
  } = {},
): Promise<Together> {
  const { config = {}, token, sizes = {}, ...rest } = options;
  const clock = tickClock();
  const simulator = await startSimulator({ portal, clock, ...rest });
  onTestFinished(() => simulator.close());
  const crm = connected(simulator.url, {
    accessToken: token ?? simulator.accessToken,
    clock,
    config: configured(config),
    sizes,
  });
  return { crm, simulator, clock };
}

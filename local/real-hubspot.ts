import { type CrmInLanes, crmInLanes } from '#hubspot/crm-in-lanes.ts';
import type { CallCount, Clock, LeaseBook } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';

/** What HubSpot is reached with. */
export interface RealHubSpot {
  readonly config: ConnectorConfig;
  readonly clock: Clock;
  /** Of the table worked on: its limits are shared with whoever works on it too. */
  readonly leases: LeaseBook;
}

/**
 * The HubSpot behind the token in the environment. What may wait leaves a part of the day's calls to others; the calls of
 * both are told together. @throws ConfigurationError for an unusable token or address.
 */
export function realHubSpot({ config, clock, leases }: RealHubSpot): CrmInLanes {
  const baseUrl = process.env['HUBSPOT_BASE_URL'] ?? '';
  const accessToken = process.env['HUBSPOT_ACCESS_TOKEN'] ?? '';
  const { crm, unhurried } = crmInLanes({ baseUrl, accessToken, config, clock }, { leases, lane: 'poll' });
  return { crm: { ...crm, calls: () => sumOf(crm.calls(), unhurried.calls()) }, unhurried };
}

function sumOf(a: CallCount, b: CallCount): CallCount {
  const byKind = { ...a.byKind };
  for (const [kind, calls] of Object.entries(b.byKind)) byKind[kind] = (byKind[kind] ?? 0) + calls;
  return { total: a.total + b.total, byKind };
}

import type { Portal } from '#local/portals/portal.ts';
import { safetyLag } from '#pipeline/sync/syncing.ts';
import { type Chain, startChain } from './chain.ts';

/** What a person did to ticket 501 of `fewCustomers`, and when: seconds after the portal was taken. */
export interface Move {
  readonly seconds: number;
  /** Month and day it was opened on, `08-06`. */
  readonly opened: string;
  readonly contact: string;
}

function moved({ simulator, asOf }: Chain, { seconds, opened, contact }: Move): Portal {
  const updatedAt = new Date(asOf + seconds * 1000).toISOString();
  const { definition, records, future } = simulator.snapshot();
  const tickets = records.tickets.map((ticket) => {
    if (ticket.id !== '501') return ticket;
    const properties = { ...ticket.properties, createdate: `2026-${opened}T10:00:00.000Z` };
    return { ...ticket, properties, associations: { contacts: [contact] }, updatedAt };
  });
  return { definition, records: { ...records, tickets }, future };
}

/**
 * The chain after ticket 501 moved to another day and another contact, shown by HubSpot's search: another simulator in
 * front of the same store, as after a restart.
 */
export async function afterMove(chain: Chain, move: Move): Promise<Chain> {
  const { table, clock, asOf, simulator } = chain;
  const portal = moved(chain, move);
  await simulator.close();
  clock.advanceTo(asOf + move.seconds * 1000 + safetyLag);
  return startChain(portal, { table, clock, asOf });
}

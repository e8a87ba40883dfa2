import { pagesOf } from './call-figure.ts';

/** Contacts, tickets and survey answers: how many there are, or how many changed. */
export interface Amounts {
  readonly contacts: number;
  readonly tickets: number;
  readonly answers: number;
}

/** How many calls another connector makes, by the pages it reads. */
export interface PeerCalls {
  readonly backfill: (all: Amounts) => number;
  readonly incremental: (changed: Amounts, all: Amounts) => number;
}

const hundreds = (n: number): number => pagesOf(n, 100);
const twoHundreds = (n: number): number => pagesOf(n, 200);

/** Records in the recycle bin, as assumed of Supaglue, which lists them all in each run. */
const binned = { contacts: 5_000, tickets: 2_000 };
const bins = hundreds(binned.contacts) + hundreds(binned.tickets);

const bothListed = ({ contacts, tickets }: Amounts): number => hundreds(contacts) + hundreds(tickets);
const allListed = (all: Amounts): number => bothListed(all) + hundreds(all.answers);

/**
 * Other connectors by what their published code does, all properties in one call. In brackets is what they leave out:
 * none but Estuary's reads survey answers and associations both.
 */
export const peerCalls: Readonly<Record<string, PeerCalls>> = {
  'Airbyte (no answers)': {
    backfill: bothListed,
    incremental: ({ contacts, tickets }) => twoHundreds(contacts) * (1 + 2) + twoHundreds(tickets) * (1 + 3),
  },
  'singer-io (no answers)': { backfill: bothListed, incremental: (_, all) => bothListed(all) },
  'Meltano (no associations)': {
    backfill: allListed,
    incremental: ({ contacts }, all) => hundreds(contacts) + hundreds(all.tickets) + hundreds(all.answers),
  },
  'dlt (no answers)': {
    backfill: ({ contacts, tickets }) => hundreds(contacts) + 2 * hundreds(tickets),
    incremental: (_, { contacts, tickets }) => hundreds(contacts) + 2 * hundreds(tickets),
  },
  'Supaglue (no answers)': {
    backfill: (all) => bothListed(all) + bins + 3,
    incremental: ({ contacts, tickets }) =>
      1 + hundreds(contacts) * (1 + 1) + 1 + hundreds(tickets) * (1 + 2) + bins + 3,
  },
  'Nango (no answers, no associations)': { backfill: bothListed, incremental: (changed) => bothListed(changed) },
  'PostHog (no answers)': {
    backfill: bothListed,
    incremental: ({ contacts, tickets }) => twoHundreds(contacts) * (1 + 1) + twoHundreds(tickets) * (1 + 2),
  },
  Estuary: {
    backfill: allListed,
    incremental: (changed) =>
      (
        [
          [changed.contacts, 1],
          [changed.tickets, 2],
          [changed.answers, 2],
        ] as const
      ).reduce((sum, [k, types]) => sum + 1 + twoHundreds(k) + 2 * hundreds(k) * (1 + types), 0),
  },
};

/** The same figure of every peer. */
export const ofPeers = (calls: (peer: PeerCalls) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(peerCalls).map(([name, peer]) => [name, calls(peer)]));

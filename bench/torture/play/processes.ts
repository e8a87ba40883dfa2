import { accountGovernor, processGovernor } from '#hubspot/account-governor.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Lane } from '#hubspot/lanes.ts';
import { memoryBook } from '#hubspot/memory-book.ts';
import type { PageSizes } from '#local/simulator/facts/limits.ts';
import type { Simulator } from '#local/simulator/simulator.ts';
import type { Clock, Crm } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { Life } from './life.ts';
import { ourSizes } from './our-sizes.ts';

/** What all processes of ours live in. */
export interface Setting {
  readonly simulator: Pick<Simulator, 'url' | 'accessToken'>;
  readonly clock: Clock;
  readonly config: ConnectorConfig;
  readonly pageSizes: PageSizes;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Whether they call HubSpot beside each other; else there is one at a time, and each has its limits for itself. */
  readonly areSeveral: boolean;
  readonly instead: (crm: Crm) => Crm;
}

/** A process of ours. One after the other it lives several lives, as a warm Lambda does. */
export interface Process {
  readonly mortal: { life: Life };
  readonly crm: Crm;
}

/** Processes of ours; what they share of HubSpot's limits outlives them. */
export function processesIn({ simulator, clock, config, pageSizes, random, areSeveral, instead }: Setting) {
  const crms: { readonly lane: Lane; readonly crm: Crm }[] = [];
  const leases = memoryBook();
  return {
    /** A process as it starts: it knows what the store knows. */
    born: (lane: Lane): Process => {
      const mortal = { life: new Life() };
      const governor = areSeveral
        ? accountGovernor({ clock, leases, lane, random })
        : processGovernor({ clock, random });
      const crm = hubSpotCrm({
        baseUrl: simulator.url,
        accessToken: async () => simulator.accessToken,
        config,
        clock,
        random,
        governor: {
          ...governor,
          // HubSpot's adapter asks before every single call it sends.
          acquire: async (kind) => {
            await mortal.life.step();
            return governor.acquire(kind);
          },
        },
        sizes: ourSizes(pageSizes),
      });
      crms.push({ lane, crm });
      return { mortal, crm: instead(crm) };
    },
    /** Calls so far, by lane. */
    calls: (of: Lane): number => crms.reduce((sum, { lane, crm }) => sum + (lane === of ? crm.calls().total : 0), 0),
  };
}

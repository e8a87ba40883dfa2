import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Sizes } from '#hubspot/sizes.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { readConfig } from '#platform/read-config.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

/** All that a process is told that pulls once; plain JSON. */
export interface Place {
  readonly baseUrl: string;
  readonly accessToken: string;
  readonly table: { readonly tableName: string; readonly endpoint: string };
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly sizes: Partial<Sizes>;
  /** The moment to pull at, milliseconds since the epoch. */
  readonly now: number;
}

/** One pull on a clock of its own; answers whether it came to its end. */
export async function pullOnce({ baseUrl, accessToken, table, mappings, sizes, now }: Place): Promise<boolean> {
  const clock = virtualClock(now);
  const config = readConfig(mappings);
  const crm = hubSpotCrm({ baseUrl, accessToken, config, clock, sizes });
  return (await pullChanges({ crm, store: dynamoStore(table), clock, config })).done;
}

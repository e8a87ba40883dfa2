import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Clock } from '#pipeline/ports.ts';
import { readConfig } from '#platform/read-config.ts';
import { systemClock } from '#platform/system-clock.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import written from '../connector.config.ts';
import { startDynamoDb } from './dynamodb.ts';
import { openJournal } from './journal.ts';
import { openPortal, realDataDirectory } from './portals/index.ts';
import type { Portal } from './portals/portal.ts';
import { startSimulator } from './simulator/simulator.ts';
import { virtualClock } from './virtual-clock.ts';

const tableName = 'hubspot-cx-connector';

/** Which portal to work on, and where to keep its data. */
export interface SessionOptions {
  /** `demo`, `demo:null`, `real:<name>` or a directory; null for the HubSpot portal of `HUBSPOT_ACCESS_TOKEN`. */
  readonly portal: string | null;
  /** Forget what earlier runs left behind. */
  readonly fresh: boolean;
  readonly seed?: number;
  readonly scale?: number;
  readonly onProgress?: Connector['onProgress'];
}

/** A connector with everything it needs around it, running on this machine. */
export interface Session {
  readonly name: string;
  readonly connector: Connector;
  /** How the portal was asked for on the command line; null for a real one. */
  readonly reference: string | null;
  /** True when nothing leaves this machine: the portal is a simulated one, so writing is safe. */
  readonly simulated: boolean;
  readonly defaultWindow: string;
  /** The moment metrics and scores are computed for. */
  asOf(): number;
  /** Lets the simulated portal's customers live on for some milliseconds; a real portal does so by itself. */
  live(ms: number): void;
  close(): Promise<void>;
}

/**
 * Opens a portal: a simulated one with its HubSpot on loopback, or a real one behind the token in the environment.
 * Data stay under `.local/<portal>/`.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  return options.portal === null ? openReal(options) : openSimulated(options, options.portal);
}

const homeOf = (name: string): string => resolve('.local', name);

async function openStore(home: string) {
  const db = await startDynamoDb({ path: join(home, 'dynamodb') });
  const endpoint = db.url;
  await createTable({ tableName, endpoint });
  return { db, store: dynamoStore({ tableName, endpoint }) };
}

async function openReal({ fresh, onProgress }: SessionOptions): Promise<Session> {
  const home = homeOf('hubspot');
  if (fresh) await rm(home, { recursive: true, force: true });
  const { db, store } = await openStore(home);
  const clock: Clock = systemClock;
  const config = readConfig(written);
  const crm = hubSpotCrm({
    baseUrl: process.env['HUBSPOT_BASE_URL'] ?? 'https://api.hubapi.com',
    accessToken: process.env['HUBSPOT_ACCESS_TOKEN'] ?? '',
    config,
    clock,
  });
  return {
    name: 'hubspot',
    connector: { crm, store, clock, config, ...(onProgress && { onProgress }) },
    reference: null,
    simulated: false,
    defaultWindow: '90d',
    asOf: () => clock.now(),
    live: () => {},
    close: () => db.close(),
  };
}

async function openSimulated({ fresh, seed, scale, onProgress }: SessionOptions, reference: string): Promise<Session> {
  const portal: Portal = await openPortal(reference, {
    realDataDir: realDataDirectory(process.env),
    ...(seed !== undefined && { seed }),
    ...(scale !== undefined && { scale }),
  });
  const home = homeOf(portal.definition.name);
  if (fresh) await rm(home, { recursive: true, force: true });

  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const journal = openJournal(join(home, 'simulator.jsonl'));
  const simulator = await startSimulator({
    portal,
    clock,
    onChange: (call) => journal.append({ at: clock.now(), change: 'call', ...call }),
  });
  let asOf = clock.now();
  const live = (until: number): void => {
    asOf = until;
    clock.advanceTo(until);
    simulator.advance(new Date(until).toISOString());
  };
  for (const entry of journal.entries) {
    if (entry.change === 'time') live(entry.at);
    clock.advanceTo(entry.at);
    if (entry.change === 'call') simulator.replay(entry);
  }

  const { db, store } = await openStore(home);
  const config = readConfig({ ...written, ...portal.definition.mappings });
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  return {
    name: portal.definition.name,
    connector: { crm, store, clock, config, ...(onProgress && { onProgress }) },
    reference,
    simulated: true,
    defaultWindow: portal.definition.defaultWindow ?? '90d',
    asOf: () => asOf,
    live: (ms) => {
      const until = Math.max(asOf + ms, clock.now());
      journal.append({ at: until, change: 'time' });
      live(until);
    },
    close: async () => {
      await simulator.close();
      await db.close();
    },
  };
}

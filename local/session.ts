import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Clock } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { readConfig } from '#platform/read-config.ts';
import { systemClock } from '#platform/system-clock.ts';
import { writtenConfig } from './config-file.ts';
import { openJournal } from './journal.ts';
import { type KeptStore, openDeployedStore, openKeptStore, openStoreToRead } from './kept-store.ts';
import { openPortal, realDataDirectory } from './portals/index.ts';
import type { Portal } from './portals/portal.ts';
import { checkProvenance } from './provenance.ts';
import { startSimulator } from './simulator/simulator.ts';
import { virtualClock } from './virtual-clock.ts';

/** Which portal to work on, and where to keep its data. */
export interface SessionOptions {
  /** `demo`, `demo:null`, `real:<name>` or a directory; null for the HubSpot portal of `HUBSPOT_ACCESS_TOKEN`. */
  readonly portal: string | null;
  /** Forget what earlier runs left behind. */
  readonly fresh: boolean;
  readonly seed?: number;
  readonly scale?: number;
  /** A file to read the configuration from, in place of `connector.config.ts`. */
  readonly config?: string;
  /** A DynamoDB table in AWS to work on, in place of the data on this machine; of a real portal only. */
  readonly table?: string;
  /** How the portal is read the first time, in place of what the configuration says. */
  readonly backfill?: ConnectorConfig['sync']['backfill'];
  readonly onProgress?: Connector['onProgress'];
}

/** A connector with everything it needs around it, running on this machine. */
export interface Session {
  readonly name: string;
  /** Where its data are kept: a directory, or a table. */
  readonly home: string;
  readonly connector: Connector;
  /** True when nothing leaves this machine: the portal is a simulated one, so writing is safe. */
  readonly simulated: boolean;
  readonly defaultWindow: string;
  /** How often to look for changes while the process stays up, in milliseconds. */
  readonly tickMs: number;
  /** The moment metrics and scores are computed for. */
  asOf(): number;
  /** Lets the simulated portal's customers live on for some milliseconds; a real portal does so by itself. */
  live(ms: number): void;
  close(): Promise<void>;
}

/**
 * Opens a portal: a simulated one with its HubSpot on loopback, or a real one behind the token in the environment.
 * Data stay under `.local/<portal>/`.
 * @throws ConfigurationError when another process has it open, or what is stored was made of another portal.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  return options.portal === null ? openReal(options) : openSimulated(options, options.portal);
}

/** What earlier runs of a portal left, to be read only; works while another process keeps the portal up. */
export interface ReadingSession extends KeptStore {
  readonly name: string;
  readonly config: ConnectorConfig;
}

/**
 * Opens what is stored about a portal, without its HubSpot: to be read, or with `alone` for this process alone.
 * @throws ConfigurationError when it is to be alone and another process has it open.
 */
export async function openReadingSession(
  options: Omit<SessionOptions, 'fresh'>,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<ReadingSession> {
  const written = await writtenConfig(options.config);
  const portal = options.portal === null ? null : await portalOf(options, options.portal);
  const name = portal?.definition.name ?? realName;
  const config = readConfig({ ...written, ...portal?.definition.mappings });
  if (options.table !== undefined) return { name, config, ...openDeployedStore(options.table) };
  const home = homeOf(name);
  checkProvenance(home, portal);
  return { name, config, ...(await (alone ? openKeptStore : openStoreToRead)(home)) };
}

const realName = 'hubspot';
const everyFifteenSeconds = 15_000;
/** A real portal's daily budget is shared with others. */
const everyMinute = 60_000;

const homeOf = (name: string): string => relative('', resolve('.local', name));

const portalOf = ({ seed, scale }: Pick<SessionOptions, 'seed' | 'scale'>, reference: string): Promise<Portal> =>
  openPortal(reference, {
    realDataDir: realDataDirectory(process.env),
    ...(seed !== undefined && { seed }),
    ...(scale !== undefined && { scale }),
  });

/** Opens the store of a portal for this process alone, empty if everything is to start anew. */
async function openHome(name: string, fresh: boolean, check: (home: string) => void) {
  const home = homeOf(name);
  if (!fresh) check(home);
  let kept = await openKeptStore(home);
  if (fresh) {
    await kept.close();
    await rm(home, { recursive: true, force: true });
    check(home);
    kept = await openKeptStore(home);
  }
  return { home, kept };
}

function configOf({ backfill }: SessionOptions, written: unknown): ConnectorConfig {
  const config = readConfig(written);
  return backfill ? { ...config, sync: { ...config.sync, backfill } } : config;
}

async function openReal({ fresh, config: configPath, table, onProgress }: SessionOptions): Promise<Session> {
  const clock: Clock = systemClock;
  const config = readConfig(await writtenConfig(configPath));
  const crm = hubSpotCrm({
    baseUrl: process.env['HUBSPOT_BASE_URL'] ?? '',
    accessToken: process.env['HUBSPOT_ACCESS_TOKEN'] ?? '',
    config,
    clock,
  });
  const { home, kept } =
    table === undefined
      ? await openHome(realName, fresh, (at) => checkProvenance(at, null))
      : { home: `DynamoDB table ${table}`, kept: openDeployedStore(table) };
  return {
    name: realName,
    home,
    connector: { crm, store: kept.store, clock, config, ...(onProgress && { onProgress }) },
    simulated: false,
    defaultWindow: '90d',
    tickMs: everyMinute,
    asOf: () => clock.now(),
    live: () => {},
    close: () => kept.close(),
  };
}

async function openSimulated(options: SessionOptions, reference: string): Promise<Session> {
  const { fresh, onProgress } = options;
  const written = await writtenConfig(options.config);
  const portal = await portalOf(options, reference);
  const { name, asOf: start, mappings, defaultWindow = '90d' } = portal.definition;
  const config = configOf(options, { ...written, ...mappings });
  const { home, kept } = await openHome(name, fresh, (at) => checkProvenance(at, portal));

  const clock = virtualClock(Date.parse(start));
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

  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  return {
    name,
    home,
    connector: { crm, store: kept.store, clock, config, ...(onProgress && { onProgress }) },
    simulated: true,
    defaultWindow,
    tickMs: everyFifteenSeconds,
    asOf: () => asOf,
    live: (ms) => {
      const until = Math.max(asOf + ms, clock.now());
      journal.append({ at: until, change: 'time' });
      live(until);
    },
    close: async () => {
      await simulator.close();
      await kept.close();
    },
  };
}

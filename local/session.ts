import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { withUsableHours } from '#pipeline/business.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Clock } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { readConfig } from '#platform/read-config.ts';
import { systemClock } from '#platform/system-clock.ts';
import { writtenConfig } from './config-file.ts';
import { lastMoment, openJournal } from './journal.ts';
import { type KeptStore, openDeployedStore, openKeptStore, openStoreToRead } from './kept-store.ts';
import { messageOf } from './message-of.ts';
import { openPortal, realDataDirectory } from './portals/index.ts';
import type { Portal } from './portals/portal.ts';
import { checkProvenance } from './provenance.ts';
import { realHubSpot } from './real-hubspot.ts';
import { simulatedLife } from './simulated-life.ts';
import { startSimulator } from './simulator/simulator.ts';
import { alone, type Turns, turnsOn } from './turns.ts';
import { virtualClock } from './virtual-clock.ts';
import { type Hearing, openHearing, quietWebhooks } from './webhooks/hearing.ts';

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
  /** Has a step that commits records done, beside other processes where there are any. */
  readonly turns: Turns;
  /** How often to look for changes while the process stays up, in milliseconds. */
  readonly tickMs: number;
  /** The moment metrics and scores are computed for. */
  asOf(): number;
  /** Lets the simulated portal's customers live on for some milliseconds; a real portal does so by itself. */
  live(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Has the simulated portal tell us of its changes from now on, and whoever they concern scored and written at once; null
   * for a real one, which cannot reach this machine.
   */
  hear(): Promise<Hearing | null>;
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
  readonly turns: Turns;
  readonly config: ConnectorConfig;
  /** Milliseconds since the epoch; of a simulated portal as far as anything happened there. */
  now(): number;
}

/**
 * Opens what is stored about a portal, without its HubSpot: to be read, or with `alone` for this process alone.
 * @throws ConfigurationError when it is to be alone and another process has it open.
 */
export async function openReadingSession(
  options: Omit<SessionOptions, 'fresh'>,
  { alone: solely = false }: { readonly alone?: boolean } = {},
): Promise<ReadingSession> {
  const written = await writtenConfig(options.config);
  const portal = options.portal === null ? null : await portalOf(options, options.portal);
  const name = portal?.definition.name ?? realName;
  const config = withUsableHours(readConfig({ ...written, ...portal?.definition.mappings }));
  if (options.table !== undefined) {
    const { kept, turns } = openDeployed(options.table);
    return { name, config, turns, now: systemClock.now, ...kept };
  }
  const home = homeOf(name);
  checkProvenance(home, portal);
  const now = portal
    ? () => Math.max(Date.parse(portal.definition.asOf), lastMoment(journalFile(home)))
    : systemClock.now;
  return { name, config, turns: alone, now, ...(await (solely ? openKeptStore : openStoreToRead)(home)) };
}

const realName = 'hubspot';
const everyFifteenSeconds = 15_000;
/** A real portal's daily budget is shared with others. */
const everyMinute = 60_000;

const homeOf = (name: string): string => relative('', resolve('.local', name));
const journalFile = (home: string): string => join(home, 'simulator.jsonl');

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
  const config = withUsableHours(readConfig(written));
  return backfill ? { ...config, sync: { ...config.sync, backfill } } : config;
}

async function openReal(options: SessionOptions): Promise<Session> {
  const { fresh, table, onProgress } = options;
  const clock: Clock = systemClock;
  const config = configOf(options, await writtenConfig(options.config));
  const { home, kept, turns } =
    table === undefined
      ? { ...(await openHome(realName, fresh, (at) => checkProvenance(at, null))), turns: alone }
      : { home: `DynamoDB table ${table}`, ...openDeployed(table) };
  const hubSpot = await orClosed(kept, () => realHubSpot({ config, clock, leases: kept.store }));
  return {
    name: realName,
    home,
    turns,
    connector: { ...hubSpot, store: kept.store, clock, config, ...(onProgress && { onProgress }) },
    simulated: false,
    defaultWindow: '90d',
    tickMs: everyMinute,
    asOf: () => clock.now(),
    live: async () => {},
    hear: async () => null,
    close: () => kept.close(),
  };
}

/** A store that is not closed keeps the process up. */
async function orClosed<T>(kept: KeptStore, make: () => T): Promise<T> {
  try {
    return make();
  } catch (error) {
    await kept.close();
    throw error;
  }
}

/** A table of AWS, on which the deployed functions work too. */
function openDeployed(table: string): { readonly kept: KeptStore; readonly turns: Turns } {
  const kept = openDeployedStore(table);
  return { kept, turns: turnsOn(`DynamoDB table ${table}`, { leases: kept.store, clock: systemClock }) };
}

async function openSimulated(options: SessionOptions, reference: string): Promise<Session> {
  const { fresh, onProgress } = options;
  const written = await writtenConfig(options.config);
  const portal = await portalOf(options, reference);
  const { name, asOf: start, mappings, defaultWindow = '90d' } = portal.definition;
  const config = configOf(options, { ...written, ...mappings });
  const { home, kept } = await openHome(name, fresh, (at) => checkProvenance(at, portal));

  const clock = virtualClock(Date.parse(start));
  const journal = openJournal(journalFile(home));
  const webhooks = quietWebhooks(config);
  const simulator = await startSimulator({
    portal,
    clock,
    webhooks,
    onChange: (call) => journal.append({ at: clock.now(), change: 'call', ...call }),
  });
  const life = simulatedLife({ portal, clock, journal, simulator });

  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const quiet: Connector = { crm, store: kept.store, clock, config };
  const onError = (error: unknown): void => {
    process.stderr.write(`${messageOf(error)}\n(it is tried again with the next sync)\n`);
  };
  return {
    name,
    home,
    turns: alone,
    connector: { ...quiet, ...(onProgress && { onProgress }) },
    simulated: true,
    defaultWindow,
    tickMs: everyFifteenSeconds,
    asOf: life.asOf,
    live: life.liveOn,
    hear: () => openHearing(quiet, simulator, { clientSecret: webhooks.clientSecret, onError }),
    close: async () => {
      await simulator.close();
      await kept.close();
    },
  };
}

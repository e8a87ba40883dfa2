import type { Clock } from '../../src/pipeline/ports.ts';
import type { Portal, Tier } from '../portals/portal.ts';
import { pageSizes } from './facts/limits.ts';
import { type ChangingCall, type Desk, openDesk } from './http/desk.ts';
import type { Surroundings } from './http/route.ts';
import { listen, serve, stop } from './http/server.ts';
import { RateLimiter } from './limits/rate-limiter.ts';
import { SearchMemory } from './routes/objects/search-memory.ts';
import { routeFamilies } from './routes/route-families.ts';
import { PortalState } from './state/portal-state.ts';
import { snapshotOf } from './state/snapshot.ts';

/** How to start a simulator; everything but the portal and the clock has a usable default. */
export interface SimulatorOptions {
  readonly portal: Portal;
  /** Dates of writes and the windows of limits follow it. */
  readonly clock: Clock;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly accessToken?: string;
  /** The portal's own tier unless stated. */
  readonly tier?: Tier;
  /** `off` counts calls but never answers 429. */
  readonly limits?: 'enforced' | 'off';
  readonly scopes?: 'all' | readonly string[];
  /** The app behind the token: `sourceId` in the history of what it writes. */
  readonly appId?: string;
  /** Page size of association reads; HubSpot's is 500, tests of paging take less. */
  readonly associationsPerPage?: number;
  /** Told of every call that changed the account; with the clock's moment, enough to do it again. */
  readonly onChange?: (call: ChangingCall) => void;
}

/** A running pretend HubSpot. */
export interface Simulator {
  /** Base address, without a trailing slash. */
  readonly url: string;
  readonly accessToken: string;
  /** The account as it is now; changing it here is what a person does in HubSpot. */
  readonly portal: PortalState;
  /** Calls with a valid token so far, by kind, refused ones included. */
  readonly calls: Desk['calls'];
  /** Answers so far, by status. */
  readonly statuses: Desk['statuses'];
  /** Lets the portal's future happen up to and including a moment (ISO 8601 UTC); answers how many events that were. */
  advance(to: string): number;
  /** Does again what an earlier call changed, uncounted; set the clock to that call's moment first. */
  replay(call: ChangingCall): void;
  /** The account as a portal that can be saved and loaded again. */
  snapshot(): Portal;
  close(): Promise<void>;
}

/** Starts an HTTP server on 127.0.0.1 that behaves as HubSpot does for one account and one app. */
export async function startSimulator({
  portal: loaded,
  clock,
  port = 0,
  accessToken = `pat-local-${loaded.definition.account.portalId}`,
  tier = loaded.definition.tier,
  limits = 'enforced',
  scopes = 'all',
  appId = '1000001',
  associationsPerPage = pageSizes.associations.usual,
  onChange = () => {},
}: SimulatorOptions): Promise<Simulator> {
  const portal = new PortalState(loaded);
  const { timeZone } = loaded.definition.account;
  const limiter = new RateLimiter({ tier, timeZone, enforced: limits === 'enforced' });
  const { server, url } = await listen(port);
  const searches = new SearchMemory();
  const surroundings: Surroundings = { portal, clock, limiter, searches, tier, appId, url, associationsPerPage };
  const desk = openDesk(routeFamilies, surroundings, { accessToken, scopes, onChange });
  serve(server, desk);
  return {
    url,
    accessToken,
    portal,
    calls: desk.calls,
    statuses: desk.statuses,
    advance: (to) => portal.advance(to),
    replay: (call) => desk.redo(call),
    snapshot: () => snapshotOf(portal, new Date(clock.now()).toISOString()),
    close: () => stop(server),
  };
}

import type { Clock } from '../../src/pipeline/ports.ts';
import type { Portal, Tier } from '../portals/portal.ts';
import { pageSizes as hubSpotPageSizes, type PageSizes } from './facts/limits.ts';
import { type Corruptor, corruptor } from './faults/corruption.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { faultInjector, type Injector } from './faults/injector.ts';
import { type ChangingCall, type Desk, openDesk } from './http/desk.ts';
import { Gate, type Scopes } from './http/gate.ts';
import { openReception, type Reception } from './http/reception.ts';
import type { Surroundings } from './http/route.ts';
import { listen, serve, stop } from './http/server.ts';
import type { OtherApps } from './limits/other-apps.ts';
import { RateLimiter } from './limits/rate-limiter.ts';
import { SearchMemory } from './routes/objects/search-memory.ts';
import { routeFamilies } from './routes/route-families.ts';
import { PortalState } from './state/portal-state.ts';
import type { SearchIndexRules } from './state/search-index.ts';
import { snapshotOf } from './state/snapshot.ts';
import type { Reopening } from './state/stage-values.ts';
import { openWebhooks, type WebhookOptions, type Webhooks } from './webhooks/webhooks.ts';

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
  /** Traffic of other apps, which draws on the limits that all apps of an account share; none unless stated. */
  readonly otherApps?: OtherApps;
  readonly scopes?: Scopes;
  /** The app behind the token: `sourceId` in the history of what it writes. */
  readonly appId?: string;
  /** How much a call may carry; HubSpot's own figures unless stated, tests of paging take less. */
  readonly pageSizes?: Partial<PageSizes>;
  /** How far searches stay behind the records; not at all unless stated. */
  readonly searchIndex?: SearchIndexRules;
  /** What a reopened ticket's closing dates become; blank unless stated. */
  readonly reopening?: Reopening;
  /** Decides what `latencyMs` leaves open. */
  readonly seed?: number;
  /** How long answers take on the clock, from and to; at once unless stated. HubSpot usually takes 150 to 600. */
  readonly latencyMs?: readonly [from: number, to: number];
  /** What goes wrong; nothing unless stated. */
  readonly faults?: FaultPlan;
  /** What the app is told of; nothing unless stated. */
  readonly webhooks?: WebhookOptions;
  /** Told of every call that changed the account; with the clock's moment, enough to do it again. */
  readonly onChange?: (call: ChangingCall) => void;
}

/** A running pretend HubSpot. */
export interface Simulator {
  /** Base address, without a trailing slash. */
  readonly url: string;
  /** The newest token. */
  readonly accessToken: string;
  /** The account as it is now; changing it here is what a person does in HubSpot. */
  readonly portal: PortalState;
  /** Calls with a valid token so far, by kind, refused ones included. */
  readonly calls: Desk['calls'];
  /** Answers so far, by status. */
  readonly statuses: Reception['statuses'];
  /** Faults of the plan that befell calls so far, by name. */
  readonly faults: Injector['injected'];
  /** 429s so far: those our own calls alone would have met, and those that came of other apps' calls, faults included. */
  readonly refusals429: RateLimiter['refusals'];
  /** Calls of other apps that found room so far, by limit. */
  readonly otherCalls: RateLimiter['otherCalls'];
  /** What the app is told of, where to, and what became of it. */
  readonly webhooks: Webhooks;
  /** No more faults from now on; spoiled records stay as they are. */
  calm(): void;
  /** The records that the plan spoils are answered properly from now on. */
  mend: Corruptor['mend'];
  /** A new token; the old one is refused once the grace is over (docs: service keys, seven days), at once unless stated. */
  rotateToken(token: string, options?: { readonly graceMs?: number }): void;
  /** The app has other scopes from now on. */
  setScopes(scopes: Scopes): void;
  /** The account has another subscription from now on. */
  setTier(tier: Tier): void;
  /** Lets the portal's future happen up to and including a moment (ISO 8601 UTC); answers how many events that were. */
  advance(to: string): number;
  /** Does again what an earlier call changed, uncounted and untold; set the clock to that call's moment first. */
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
  tier: firstTier = loaded.definition.tier,
  limits = 'enforced',
  otherApps,
  scopes = 'all',
  appId = '1000001',
  pageSizes,
  searchIndex,
  reopening,
  seed = 0,
  latencyMs,
  faults = {},
  webhooks: webhookOptions,
  onChange = () => {},
}: SimulatorOptions): Promise<Simulator> {
  const portal = new PortalState(loaded, { searchIndex, reopening });
  const { timeZone } = loaded.definition.account;
  const limiter = new RateLimiter({ tier: firstTier, timeZone, enforced: limits === 'enforced', otherApps });
  const { server, url } = await listen(port);
  const searches = new SearchMemory();
  let tier = firstTier;
  const surroundings: Surroundings = {
    portal,
    clock,
    limiter,
    searches,
    get tier() {
      return tier;
    },
    appId,
    url,
    pageSizes: { ...hubSpotPageSizes, ...pageSizes },
  };
  const gate = new Gate(accessToken, scopes);
  const desk = openDesk(routeFamilies, surroundings, { gate, onChange });
  const injector = faultInjector(faults);
  const spoiled = corruptor(faults.corrupt ?? []);
  const reception = openReception(desk, surroundings, { latencyMs, seed }, { injector, corruptor: spoiled });
  const webhooks = openWebhooks(portal, { clock, appId }, webhookOptions);
  serve(server, reception.receive);
  return {
    url,
    get accessToken() {
      return gate.newest;
    },
    portal,
    calls: desk.calls,
    statuses: reception.statuses,
    faults: injector.injected,
    refusals429: limiter.refusals,
    get otherCalls() {
      return limiter.otherCalls;
    },
    webhooks,
    calm: injector.calm,
    mend: spoiled.mend,
    rotateToken: (token, { graceMs = 0 } = {}) => gate.rotate(token, clock.now() + graceMs),
    setScopes: (granted) => gate.grant(granted),
    setTier: (next) => {
      tier = next;
      limiter.setTier(next);
    },
    advance: (to) => portal.advance(to),
    replay: (call) => webhooks.silently(() => desk.redo(call)),
    snapshot: () => snapshotOf(portal, new Date(clock.now()).toISOString()),
    close: async () => {
      webhooks.close();
      await stop(server);
    },
  };
}

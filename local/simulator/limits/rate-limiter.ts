import type { Tier } from '../../portals/portal.ts';
import type { CallKind } from '../facts/call-kinds.ts';
import { requestLimits, searchesPerSecond } from '../facts/limits.ts';
import { type RateLimitPolicy, type Refusal, rateLimited } from '../http/refusals.ts';
import { DailyCounter } from './daily-counter.ts';
import type { OtherApps } from './other-apps.ts';
import { SharedWindow } from './shared-window.ts';

const tenSeconds = 10_000;
const second = 1_000;

/** How a limiter is set up. */
export interface RateLimiterOptions {
  readonly tier: Tier;
  readonly timeZone: string;
  readonly enforced: boolean;
  readonly otherApps?: OtherApps | undefined;
}

/**
 * The account's request limits. Searches and association reads are exempt from the ten-second limit and have limits of
 * their own (spec: `x-hubspot-rate-limit-exemptions`); every call counts against the day. A refused call counts nowhere.
 * Searches and the day are shared by all apps of the account, the ten-second limits are per app (docs: usage guidelines);
 * for association reads the docs leave it open, and they are taken to follow suit.
 */
export class RateLimiter {
  readonly daily: DailyCounter;
  /** 429s so far: those our own calls alone would have met, and those that came of the calls of others. */
  readonly refusals = { own: 0, shared: 0 };
  readonly #app: SharedWindow;
  readonly #search: SharedWindow;
  readonly #associations: SharedWindow;
  readonly #associationsDaily: DailyCounter;
  readonly #enforced: boolean;

  constructor({ tier, timeZone, enforced, otherApps }: RateLimiterOptions) {
    const limits = requestLimits[tier];
    const burst = otherApps?.sharedBurst ? otherApps : undefined;
    this.daily = new DailyCounter(limits.daily, timeZone, otherApps?.share);
    this.#app = new SharedWindow({ name: 'app', most: limits.tenSecondly, span: tenSeconds }, burst);
    this.#search = new SharedWindow({ name: 'search', most: searchesPerSecond, span: second }, otherApps);
    this.#associations = new SharedWindow(
      { name: 'associations', most: limits.associationsTenSecondly, span: tenSeconds },
      burst,
    );
    this.#associationsDaily = new DailyCounter(limits.associationsDaily, timeZone, otherApps?.share);
    this.#enforced = enforced;
  }

  /** Another subscription: its limits count from now on, with the calls already made. */
  setTier(tier: Tier): void {
    const limits = requestLimits[tier];
    this.daily.most = limits.daily;
    this.#app.most = limits.tenSecondly;
    this.#associations.most = limits.associationsTenSecondly;
    this.#associationsDaily.most = limits.associationsDaily;
  }

  /** Calls of other apps that found room so far, by the window they drew on. */
  get otherCalls(): Readonly<Record<'app' | 'search' | 'associations', number>> {
    return { app: this.#app.others, search: this.#search.others, associations: this.#associations.others };
  }

  /** Counts a call, or throws the 429 it deserves. */
  admit(kind: CallKind, now: number, appId: string): void {
    const { burst, days } = this.#budgets(kind);
    const full = this.#enforced ? days.find((day) => day.remaining(now) === 0) : undefined;
    if (full) throw this.#refused('DAILY', full.own(now) < full.most ? 'shared' : 'own', appId);
    const place = burst.take(now, this.#enforced);
    if (place !== 'taken') throw this.#refused(kind === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING', place, appId);
    for (const day of days) day.count(now);
  }

  /** The 429 of a limit that others have used up. */
  usedUpByOthers(policy: RateLimitPolicy, appId: string): Refusal {
    return this.#refused(policy, 'shared', appId);
  }

  /** The rate headers of an answer; searches carry none (docs: CRM search). */
  headers(kind: CallKind, now: number): Readonly<Record<string, string>> {
    if (kind === 'search') return {};
    const { burst } = this.#budgets(kind);
    const perSecond = Math.floor(burst.most / 10);
    return {
      'X-HubSpot-RateLimit-Daily': String(this.daily.most),
      'X-HubSpot-RateLimit-Daily-Remaining': String(this.daily.remaining(now)),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(tenSeconds),
      'X-HubSpot-RateLimit-Max': String(burst.most),
      'X-HubSpot-RateLimit-Remaining': String(burst.remaining(now)),
      // Deprecated and not enforced, but still sent (observed, hubspot-api-python issue 143).
      'X-HubSpot-RateLimit-Secondly': String(perSecond),
      'X-HubSpot-RateLimit-Secondly-Remaining': String(Math.max(0, perSecond - 1)),
    };
  }

  #refused(policy: RateLimitPolicy, cause: 'own' | 'shared', appId: string): Refusal {
    this.refusals[cause] += 1;
    return rateLimited(policy, appId);
  }

  #budgets(kind: CallKind): { burst: SharedWindow; days: readonly DailyCounter[] } {
    if (kind === 'search') return { burst: this.#search, days: [this.daily] };
    if (kind === 'associations') return { burst: this.#associations, days: [this.daily, this.#associationsDaily] };
    return { burst: this.#app, days: [this.daily] };
  }
}

import type { Tier } from '../../portals/portal.ts';
import type { CallKind } from '../facts/call-kinds.ts';
import { requestLimits, searchesPerSecond } from '../facts/limits.ts';
import { rateLimited } from '../http/refusals.ts';
import { DailyCounter } from './daily-counter.ts';
import { RollingWindow } from './rolling-window.ts';

const tenSeconds = 10_000;
const second = 1_000;

/**
 * The account's request limits. Searches and association reads are exempt from the ten-second limit and have limits of
 * their own (spec: `x-hubspot-rate-limit-exemptions`); every call counts against the day. A refused call counts nowhere.
 */
export class RateLimiter {
  readonly daily: DailyCounter;
  readonly #app: RollingWindow;
  readonly #search: RollingWindow;
  readonly #associations: RollingWindow;
  readonly #associationsDaily: DailyCounter;
  readonly #enforced: boolean;

  constructor({ tier, timeZone, enforced }: { tier: Tier; timeZone: string; enforced: boolean }) {
    const limits = requestLimits[tier];
    this.daily = new DailyCounter(limits.daily, timeZone);
    this.#app = new RollingWindow(limits.tenSecondly, tenSeconds);
    this.#search = new RollingWindow(searchesPerSecond, second);
    this.#associations = new RollingWindow(limits.associationsTenSecondly, tenSeconds);
    this.#associationsDaily = new DailyCounter(limits.associationsDaily, timeZone);
    this.#enforced = enforced;
  }

  /** Counts a call, or throws the 429 it deserves. */
  admit(kind: CallKind, now: number, appId: string): void {
    const { burst, days } = this.#budgets(kind);
    if (this.#enforced) {
      if (days.some((day) => day.remaining(now) === 0)) throw rateLimited('DAILY', appId);
      if (burst.remaining(now) === 0) throw rateLimited(kind === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING', appId);
    }
    burst.count(now);
    for (const day of days) day.count(now);
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

  #budgets(kind: CallKind): { burst: RollingWindow; days: readonly DailyCounter[] } {
    if (kind === 'search') return { burst: this.#search, days: [this.daily] };
    if (kind === 'associations') return { burst: this.#associations, days: [this.daily, this.#associationsDaily] };
    return { burst: this.#app, days: [this.daily] };
  }
}

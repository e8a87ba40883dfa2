import type { Instant } from '#domain/records/record.ts';
import type { Clock } from '#pipeline/ports.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { budgetsOf, type DailyName, type Limits, smallestLimits, type WindowName } from './limits.ts';
import { type RollingWindow, rollingWindow } from './rolling-window.ts';
import type { CallKind } from './routes.ts';

/** A call that has to wait, told before it waits. */
export interface Wait {
  readonly kind: CallKind;
  readonly budget: WindowName;
  readonly ms: number;
}

/** What HubSpot's own headers say after a call: about its window, and about the day. */
export interface ServerRates {
  readonly window?: { readonly calls: number; readonly remaining: number };
  readonly daily?: { readonly calls: number; readonly remaining: number };
}

/** Keeps our calls within HubSpot's budgets. One per process; an account-wide one has the same shape. */
export interface Governor {
  /** Resolves when the call may be sent; throws `HubSpotBusyError` where that is too far away to wait for. */
  acquire(kind: CallKind): Promise<void>;
  /** Learns from the headers of an answer to a call of this kind. */
  learn(kind: CallKind, rates: ServerRates): void;
  /** HubSpot said 429: no call of this kind for so many milliseconds. */
  limited(kind: CallKind, ms: number): void;
  /** HubSpot said 429 for the day. */
  dayIsOver(kind: CallKind): void;
}

/** Longest wait inside one call; beyond it the caller tries again later and pays no waiting time. */
const longestWaitMs = 60_000;
/** The day ends at midnight in the account's time zone; all zones are whole quarters of an hour apart. */
const quarterHourMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;

interface Allowance {
  calls: number;
  used: number;
  since: Instant;
  blockedUntil: Instant;
}

/** The in-process governor. */
export function processGovernor(options: { clock: Clock; limits?: Limits; onWait?: (wait: Wait) => void }): Governor {
  const { clock, onWait } = options;
  const limits = options.limits ?? smallestLimits;
  const windows: Record<WindowName, RollingWindow> = {
    burst: rollingWindow(limits.windows.burst),
    search: rollingWindow(limits.windows.search),
    associations: rollingWindow(limits.windows.associations),
  };
  const allowance = (calls: number): Allowance => ({ calls, used: 0, since: clock.now(), blockedUntil: 0 });
  const days: Record<DailyName, Allowance> = {
    daily: allowance(limits.daily.daily),
    associationsDaily: allowance(limits.daily.associationsDaily),
  };

  const draw = (name: DailyName): void => {
    const now = clock.now();
    const day = days[name];
    if (now - day.since >= dayMs) Object.assign(day, { used: 0, since: now });
    if (now < day.blockedUntil || day.used >= day.calls)
      throw new HubSpotBusyError(
        `The daily allowance of ${day.calls.toLocaleString('en')} calls to HubSpot is used up.`,
        "Wait for midnight in the account's time zone, or see which other integrations use the allowance.",
      );
    day.used += 1;
  };

  return {
    acquire: async (kind) => {
      const { window: budget, daily } = budgetsOf[kind];
      const window = windows[budget];
      const now = clock.now();
      const at = window.earliest(now);
      const ms = at - now;
      if (ms > longestWaitMs)
        throw new HubSpotBusyError(
          `The next ${kind} call to HubSpot could be sent in ${Math.ceil(ms / 1000)} s only.`,
          'Try again later, or send fewer calls at the same time.',
        );
      draw(daily);
      window.reserve(at);
      if (ms === 0) return;
      onWait?.({ kind, budget, ms });
      await clock.sleep(ms);
    },
    learn: (kind, { window, daily }) => {
      const name = budgetsOf[kind].window;
      if (window && limits.windows[name].believable(window.calls))
        windows[name].adjust(clock.now(), window.calls, window.remaining);
      if (daily) Object.assign(days.daily, { calls: daily.calls, used: daily.calls - daily.remaining });
    },
    limited: (kind, ms) => windows[budgetsOf[kind].window].block(clock.now() + ms),
    dayIsOver: (kind) => {
      days[budgetsOf[kind].daily].blockedUntil = clock.now() + quarterHourMs;
    },
  };
}

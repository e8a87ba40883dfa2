import type { CallKind } from './routes.ts';

/** HubSpot's rolling windows. */
export type WindowName = 'burst' | 'search' | 'associations';
/** HubSpot's allowances by day. */
export type DailyName = 'daily' | 'associationsDaily';

/** So many calls in any period of so many milliseconds. */
export interface WindowLimit {
  readonly calls: number;
  readonly perMs: number;
  /** Kept free at the end of the window: how far apart clocks, timers and speeds of travel of two calls may be together. */
  readonly marginMs: number;
  /** 429s in a window that say nothing about our pace: others use it too. */
  readonly toleratedRefusals: number;
  /** Nobody calls for so long after any further 429, so that calls sent before can leave the window. */
  readonly holdMs: number;
  /** Whether what the window has left may be called at once: nobody else draws on it as a rule. */
  readonly atOnce: boolean;
  /** Whether a limit in an answer's headers can be this window's: associations may be answered with the burst's. */
  readonly believable: (calls: number) => boolean;
}

/** Every limit the governor keeps. */
export interface Limits {
  readonly windows: Readonly<Record<WindowName, WindowLimit>>;
  readonly daily: Readonly<Record<DailyName, number>>;
}

const tenSeconds = { perMs: 10_000, marginMs: 250, toleratedRefusals: 0, holdMs: 5_000, atOnce: true } as const;
/**
 * Other apps search too, at moments nobody tells: each of their searches costs one of ours while there is work. A refused
 * search counts nowhere, so going on is how what they leave gets used; who uses more than two fifths makes us step back.
 */
const searches = { perMs: 1_000, marginMs: 30, toleratedRefusals: 2, holdMs: 250, atOnce: false } as const;

/**
 * The limits of the smallest accounts; HubSpot's own headers raise `burst` and `daily` where the account has more.
 * - burst 100 (Free, Starter) to 250 calls in 10 s per app, and 250,000 to 1,000,000 a day per account:
 *   https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 * - search 5 a second for all apps of the account together, without headers:
 *   https://developers.hubspot.com/docs/api-reference/search/guide
 * - associations 100 (Free, Starter) to 200 in 10 s and 500,000 a day, beside the burst, without headers:
 *   https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
 */
export const smallestLimits: Limits = {
  windows: {
    burst: { ...tenSeconds, calls: 100, believable: () => true },
    search: { ...searches, calls: 5, believable: () => false },
    associations: { ...tenSeconds, calls: 100, believable: (calls) => [100, 150, 200].includes(calls) },
  },
  daily: { daily: 250_000, associationsDaily: 500_000 },
};

/** What a call draws on: one window, and each of the days, its own first. */
export interface Budgets {
  readonly window: WindowName;
  readonly days: readonly [DailyName, ...DailyName[]];
}

const ordinary: Budgets = { window: 'burst', days: ['daily'] };

/**
 * Which budgets a call draws on: search and associations are exempt from the burst. Whether association reads count
 * against the account's day beside their own is not documented; both are kept.
 */
export const budgetsOf: Readonly<Record<CallKind, Budgets>> = {
  search: { window: 'search', days: ['daily'] },
  associations: { window: 'associations', days: ['associationsDaily', 'daily'] },
  list: ordinary,
  read: ordinary,
  write: ordinary,
  properties: ordinary,
  other: ordinary,
};

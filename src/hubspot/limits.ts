import type { CallKind } from './routes.ts';

/** HubSpot's rolling windows. */
export type WindowName = 'burst' | 'search' | 'associations';
/** HubSpot's allowances by day. */
export type DailyName = 'daily' | 'associationsDaily';

/** So many calls in any period of so many milliseconds. */
export interface WindowLimit {
  readonly calls: number;
  readonly perMs: number;
  /** Kept free at the end of the window: two calls may travel at different speeds. */
  readonly marginMs: number;
  /** Whether a limit in an answer's headers can be this window's: associations may be answered with the burst's. */
  readonly believable: (calls: number) => boolean;
}

/** Every limit the governor keeps. */
export interface Limits {
  readonly windows: Readonly<Record<WindowName, WindowLimit>>;
  readonly daily: Readonly<Record<DailyName, number>>;
}

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
    burst: { calls: 100, perMs: 10_000, marginMs: 100, believable: () => true },
    search: { calls: 5, perMs: 1_000, marginMs: 40, believable: () => false },
    associations: { calls: 100, perMs: 10_000, marginMs: 100, believable: (calls) => [100, 150, 200].includes(calls) },
  },
  daily: { daily: 250_000, associationsDaily: 500_000 },
};

const ordinary = { window: 'burst', daily: 'daily' } as const;

/** Which budgets a call draws on: search and associations are exempt from the burst. */
export const budgetsOf: Readonly<Record<CallKind, { readonly window: WindowName; readonly daily: DailyName }>> = {
  search: { window: 'search', daily: 'daily' },
  associations: { window: 'associations', daily: 'associationsDaily' },
  list: ordinary,
  read: ordinary,
  write: ordinary,
  properties: ordinary,
  other: ordinary,
};

/** Sizes HubSpot accepts in one call (https://developers.hubspot.com/docs/api-reference/search/guide and siblings). */
export const sizes = {
  searchPage: 200,
  searchBodyCharacters: 3_000,
  batch: 100,
  associationInputs: 1_000,
} as const;

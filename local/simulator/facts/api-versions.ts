/**
 * The generations of HubSpot paths the simulator answers. `v3` and `v4` leave support in 2027 (changelog "Legacy APIs and
 * legacy apps"); the dated ones are supported for 18 months each.
 */
export type ApiVersion = 'v3' | 'v4' | '2026-03' | '2026-09';

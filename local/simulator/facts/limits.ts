import type { Tier } from '../../portals/portal.ts';

/**
 * Request limits of a private app, project app or service key (docs: API usage guidelines; associations: the Associations
 * guide). Free and starter have no association figure of their own per day, so the account's daily figure stands there.
 */
export const requestLimits: Readonly<
  Record<Tier, { tenSecondly: number; daily: number; associationsTenSecondly: number; associationsDaily: number }>
> = {
  free: { tenSecondly: 100, daily: 250_000, associationsTenSecondly: 100, associationsDaily: 250_000 },
  starter: { tenSecondly: 100, daily: 250_000, associationsTenSecondly: 100, associationsDaily: 250_000 },
  professional: { tenSecondly: 190, daily: 625_000, associationsTenSecondly: 150, associationsDaily: 500_000 },
  enterprise: { tenSecondly: 190, daily: 1_000_000, associationsTenSecondly: 150, associationsDaily: 500_000 },
};

/** Searches per second, shared by every app of an account (docs: CRM search, rate limits). */
export const searchesPerSecond = 5;

/** Page and batch sizes: what applies unasked, and the most that may be asked for. */
export const pageSizes = {
  /** Docs: object list endpoints. */
  list: { usual: 10, most: 100 },
  /** Observed: list with propertiesWithHistory (hubspot-api-python issue 143, dlt verified-sources PR 206). */
  listWithHistory: { usual: 10, most: 50 },
  /** Docs: CRM search. */
  search: { usual: 10, most: 200 },
  /** Spec: owners default; its ceiling is not documented. */
  owners: { usual: 100, most: 500 },
  /** Docs: list associations of one record. */
  associations: { usual: 500, most: 500 },
  /** Docs: batch read, create, update of CRM objects. */
  objectBatch: 100,
  /** Docs: Associations guide, batch read. */
  associationBatch: 1_000,
  /** Uncertain; spec: property batches carry no figure, 100 is what the object batches have. */
  propertyBatch: 100,
} as const;

/** Docs: CRM search, limitations. Where two figures are published, the lower stands. */
export const searchLimits = {
  results: 10_000,
  filterGroups: 5,
  filtersPerGroup: 6,
  filters: 18,
  bodyCharacters: 3_000,
  sorts: 1,
} as const;

/** Observed: longer request lines are answered 414 (PostHog PR 31617). */
export const longestUrl = 16_200;

/** Docs: properties guide. */
export const propertyLimits = { stringCharacters: 65_536, uniquePerObject: 10 } as const;

/** Custom properties per object (product catalogue: 10 on free accounts, 1,000 above). */
export const customPropertiesPerObject: Readonly<Record<Tier, number>> = {
  free: 10,
  starter: 1_000,
  professional: 1_000,
  enterprise: 1_000,
};

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

/** How much one call may carry, in HubSpot's own figures; a simulator may be started with others. */
export interface PageSizes {
  readonly list: number;
  readonly listWithHistory: number;
  readonly search: number;
  /** Rows of one search that can be reached, whatever the page. */
  readonly searchResults: number;
  readonly associationsPerPage: number;
  /** Records whose associations are read by one call. */
  readonly associationBatch: number;
  /** Associations made or removed by one call. */
  readonly associationChanges: number;
  /** Records read or written by one call. */
  readonly objectBatch: number;
}

/** The most that may be asked for. */
export const pageSizes: PageSizes = {
  /** Docs: object list endpoints. */
  list: 100,
  /** Observed: list with propertiesWithHistory (hubspot-api-python issue 143, dlt verified-sources PR 206). */
  listWithHistory: 50,
  /** Docs: CRM search. */
  search: 200,
  /** Docs: CRM search, limitations. */
  searchResults: 10_000,
  /** Docs: list associations of one record. */
  associationsPerPage: 500,
  /** Docs: Associations guide, batch read. */
  associationBatch: 1_000,
  /** Docs: Associations guide, batch create. */
  associationChanges: 2_000,
  /** Docs: batch read, create, update of CRM objects. */
  objectBatch: 100,
};

/** Rows of a list or search whose request names no limit (docs: list endpoints, CRM search). */
export const usualPage = 10;

/** Spec: owners default; its ceiling is not documented. */
export const ownersPerPage = { usual: 100, most: 500 } as const;

/** Uncertain; spec: property batches carry no figure, 100 is what the object batches have. */
export const propertyBatch = 100;

/** A page of at most `most`, and what applies when a request names no limit. */
export function pageOf(most: number): { readonly usual: number; readonly most: number } {
  return { usual: Math.min(usualPage, most), most };
}

/** Docs: CRM search, limitations. Where two figures are published, the lower stands. */
export const searchLimits = {
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

/** Docs: restore deleted records. After that they are gone. */
export const daysInRecycleBin = 90;

/** Docs: merge records; a record cannot take part in more. */
export const mergesPerRecord = 250;

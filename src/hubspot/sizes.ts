/** How much goes into one call. */
export interface Sizes {
  /** Rows of a search page. */
  readonly search: number;
  /** Rows of a list page. */
  readonly list: number;
  /** Records read with the history of a property. */
  readonly listWithHistory: number;
  /** Records read or written at once. */
  readonly batch: number;
  /** Records whose associations are read at once. */
  readonly associationInputs: number;
  readonly searchBodyCharacters: number;
  readonly urlCharacters: number;
}

/**
 * What HubSpot accepts (https://developers.hubspot.com/docs/api-reference/search/guide and siblings). The limit of addresses
 * is not documented: 414 was seen from 16,200 characters on, and by others from 8 KB on; the shorter one is kept.
 */
export const hubSpotSizes: Sizes = {
  search: 200,
  list: 100,
  listWithHistory: 50,
  batch: 100,
  associationInputs: 1_000,
  searchBodyCharacters: 3_000,
  urlCharacters: 8_000,
};

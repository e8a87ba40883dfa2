import type { Sizes } from '#hubspot/sizes.ts';
import type { PageSizes } from '#local/simulator/facts/limits.ts';

/** The sizes of a simulated HubSpot as our adapter is told them. */
export const ourSizes = (sizes: PageSizes): Partial<Sizes> => ({
  search: sizes.search,
  list: sizes.list,
  listWithHistory: sizes.listWithHistory,
  batch: sizes.objectBatch,
  associationInputs: sizes.associationBatch,
});

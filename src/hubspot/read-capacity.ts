import type { ReadCapacity } from '#pipeline/ports.ts';
import { type Limits, smallestLimits, type WindowLimit } from './limits.ts';
import type { Sizes } from './sizes.ts';

/** Calls a second as the governor paces them. */
const perSecond = ({ calls, perMs, marginMs }: WindowLimit): number => (1000 * calls) / (perMs + marginMs);

/** What reading can count on: our page sizes, and the limits; `burst` is what HubSpot's headers said of that window. */
export function readCapacity(
  { list, search }: Sizes,
  { windows }: Limits = smallestLimits,
  burst: number | null,
): ReadCapacity {
  return {
    rows: { list, search },
    perSecond: {
      list: perSecond({ ...windows.burst, calls: burst ?? windows.burst.calls }),
      search: perSecond(windows.search),
      associations: perSecond(windows.associations),
    },
  };
}

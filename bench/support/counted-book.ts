import type { Clock, LeaseBook } from '#pipeline/ports.ts';

/** Reads and writes asked for, those that came second included: DynamoDB charges for both. */
export interface BookCounts {
  reads: number;
  writes: number;
  conflicts: number;
}

/** Usual times of a DynamoDB call within a region; with a spread of it processes overtake each other. */
const tripMs = { least: 2, most: 8 };

/** A lease book as one process reaches it: every call takes its time and is counted. */
export function countedBook(book: LeaseBook, clock: Clock, random: () => number, counts: BookCounts): LeaseBook {
  const trip = (): Promise<void> => clock.sleep(tripMs.least + Math.round(random() * (tripMs.most - tripMs.least)));
  return {
    readLease: async <T>(name: string) => {
      counts.reads += 1;
      await trip();
      return book.readLease<T>(name);
    },
    swapLease: async (name, before, after) => {
      counts.writes += 1;
      await trip();
      const swapped = await book.swapLease(name, before, after);
      if (!swapped) counts.conflicts += 1;
      return swapped;
    },
  };
}

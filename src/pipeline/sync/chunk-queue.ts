import type { CxRecord } from '../../domain/records/record.ts';
import type { UnreadableRow } from '../ports.ts';
import type { RangeRead } from './read-gaps.ts';

/** Records to be applied together, and the pages that are read whole once they are. */
export interface Chunk {
  readonly records: readonly CxRecord[];
  readonly unreadable: readonly UnreadableRow[];
  readonly pages: readonly Pick<RangeRead, 'range' | 'rows'>[];
  /** What is still to be read after its last page, an estimate. */
  readonly left: number | null;
}

/** Pages on their way from those who read them to the one who commits them. */
export interface ChunkQueue<T> {
  put(read: RangeRead): void;
  /** No more pages come: the last chunk may be smaller. */
  end(): void;
  /** The next chunk, in the order the pages came; null after the last. The one before counts as done. */
  next(): Promise<T | null>;
  /** Resolves when fewer records wait than may wait. */
  room(): Promise<void>;
  /** Nobody takes chunks any more: nobody waits for room. */
  abandon(): void;
}

/** How a queue cuts and holds. */
export interface Cutting<T> {
  /** Records of a chunk. */
  readonly size: number;
  /** Records that may wait, those in the hands of the one who commits included. */
  readonly most: number;
  /** Done with each chunk as soon as it is whole, while others before it still wait. */
  readonly prepare: (chunk: Chunk) => T;
}

/** Cuts pages into chunks of one size, whatever the sizes of the pages: a page is done with the chunk of its last record. */
export function chunkQueue<T>({ size, most, prepare }: Cutting<T>): ChunkQueue<T> {
  const pages: { read: RangeRead; from: number }[] = [];
  const ready: { chunk: T; records: number }[] = [];
  let buffered = 0;
  /** Unreadable rows among the pages: they count, or pages without a readable one would wait for ever. */
  let spoiled = 0;
  let held = 0;
  let inHand = 0;
  let ended = false;
  let abandoned = false;
  let waiting: (() => void)[] = [];
  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const change = (): Promise<void> => new Promise((wake) => waiting.push(wake));

  /** Takes records off the pages, and the pages that are thereby whole. */
  const cut = (): void => {
    const records: CxRecord[] = [];
    const whole: RangeRead[] = [];
    for (let [page] = pages; page; [page] = pages) {
      const taken = page.read.records.slice(page.from, page.from + size - records.length);
      records.push(...taken);
      page.from += taken.length;
      if (page.from < page.read.records.length) break;
      whole.push(page.read);
      pages.shift();
    }
    const unreadable = whole.flatMap((page) => page.unreadable);
    buffered -= records.length;
    spoiled -= unreadable.length;
    held += records.length;
    const chunk = prepare({
      records,
      unreadable,
      pages: whole,
      left: whole.at(-1)?.left ?? null,
    });
    ready.push({ chunk, records: records.length });
  };

  return {
    put: (read) => {
      pages.push({ read, from: 0 });
      buffered += read.records.length;
      spoiled += read.unreadable.length;
      while (buffered + spoiled >= size) cut();
      wakeAll();
    },
    end: () => {
      if (pages.length > 0) cut();
      ended = true;
      wakeAll();
    },
    next: async () => {
      held -= inHand;
      inHand = 0;
      wakeAll();
      while (ready.length === 0 && !ended) await change();
      const first = ready.shift();
      if (!first) return null;
      inHand = first.records;
      return first.chunk;
    },
    room: async () => {
      while (buffered + held >= most && !abandoned) await change();
    },
    abandon: () => {
      abandoned = true;
      wakeAll();
    },
  };
}

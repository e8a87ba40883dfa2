import type { RecordId } from '../../domain/records/record.ts';
import type { Store } from '../ports.ts';

/**
 * The tickets whose stage history is to be read, in the order they were noted. A backfill notes more than one item of
 * the store holds, so the list is kept in parts. One process at a time may change it, as with all of the sync.
 */
interface Parts {
  /** The first part that is not done, and how many of its ids are. */
  readonly first: number;
  readonly done: number;
  /** The next part to be begun; all parts before the last are full. */
  readonly next: number;
}

const partSize = 1000;
const listName = 'due histories';
const partName = (part: number): string => `${listName}#${part}`;

const partsOf = async (store: Store): Promise<Parts> =>
  (await store.readState<Parts>(listName)) ?? { first: 0, done: 0, next: 0 };
const idsOf = async (store: Store, part: number): Promise<readonly RecordId[]> =>
  (await store.readState<RecordId[]>(partName(part))) ?? [];

/** Notes tickets. A crash before it has ended leaves some of them noted: noting them again is harmless. */
export async function noteHistories(store: Store, ids: readonly RecordId[]): Promise<void> {
  if (ids.length === 0) return;
  const parts = await partsOf(store);
  let part = Math.max(parts.first, parts.next - 1);
  const last = part < parts.next ? await idsOf(store, part) : [];
  const noted = new Set(last);
  const all = [...last, ...ids.filter((id) => !noted.has(id))];
  // A part is saved before the list knows of it: what the list names is always there.
  for (let from = 0; from < all.length; from += partSize)
    await store.saveState(partName(part++), all.slice(from, from + partSize));
  if (part > parts.next) await store.saveState(listName, { ...parts, next: part } satisfies Parts);
}

/** Tickets noted first, at most so many, and how many there are in all. */
export async function firstHistories(
  store: Store,
  limit: number,
): Promise<{ readonly ids: readonly RecordId[]; readonly total: number }> {
  const { first, done, next } = await partsOf(store);
  const ids: RecordId[] = [];
  for (let part = first; part < next && ids.length < limit; part++)
    ids.push(...(await idsOf(store, part)).slice(part === first ? done : 0).slice(0, limit - ids.length));
  const last = next > first ? (await idsOf(store, next - 1)).length : 0;
  return { ids, total: Math.max(0, (next - 1 - first) * partSize + last - done) };
}

/** Takes the first so many off the list. */
export async function dropHistories(store: Store, count: number): Promise<void> {
  const { first, done, next } = await partsOf(store);
  let [part, left] = [first, done + count];
  while (part < next) {
    const { length } = await idsOf(store, part);
    if (left < length) break;
    left -= length;
    part++;
  }
  // Once nothing is left the parts are named from the beginning again, and written over.
  const parts = part < next ? { first: part, done: left, next } : { first: 0, done: 0, next: 0 };
  await store.saveState(listName, parts satisfies Parts);
  for (let emptied = first; emptied < part; emptied++) await store.saveState(partName(emptied), []);
}

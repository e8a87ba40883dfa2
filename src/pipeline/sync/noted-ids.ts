import type { RecordId } from '../../domain/records/record.ts';
import type { Store } from '../ports.ts';

/**
 * A list of ids by name, in the order they were noted. It may hold more than one item of the store does, so it is kept in
 * parts. One process at a time may change it, as with all of the sync.
 */
interface Parts {
  /** The first part that is not done, and how many of its ids are. */
  readonly first: number;
  readonly done: number;
  /** The next part to be begun; all parts before the last are full. */
  readonly next: number;
}

const partSize = 1000;
const partName = (list: string, part: number): string => `${list}#${part}`;

const partsOf = async (store: Store, list: string): Promise<Parts> =>
  (await store.readState<Parts>(list)) ?? { first: 0, done: 0, next: 0 };
const idsOf = async (store: Store, list: string, part: number): Promise<readonly RecordId[]> =>
  (await store.readState<RecordId[]>(partName(list, part))) ?? [];

/**
 * Notes ids at the end of a list. A crash before it has ended leaves some of them noted: noting them again is harmless, and
 * so is an id that is noted twice. None is left out as noted already: whoever reads the list may just be taking it off.
 */
export async function noteIds(store: Store, list: string, ids: readonly RecordId[]): Promise<void> {
  if (ids.length === 0) return;
  const parts = await partsOf(store, list);
  let part = Math.max(parts.first, parts.next - 1);
  const last = part < parts.next ? await idsOf(store, list, part) : [];
  const all = [...last, ...new Set(ids)];
  // A part is saved before the list knows of it: what the list names is always there.
  for (let from = 0; from < all.length; from += partSize)
    await store.saveState(partName(list, part++), all.slice(from, from + partSize));
  if (part > parts.next) await store.saveState(list, { ...parts, next: part } satisfies Parts);
}

/** Ids noted first, at most so many, and how many there are in all. */
export async function firstIds(
  store: Store,
  list: string,
  limit: number,
): Promise<{ readonly ids: readonly RecordId[]; readonly total: number }> {
  const { first, done, next } = await partsOf(store, list);
  const ids: RecordId[] = [];
  for (let part = first; part < next && ids.length < limit; part++)
    ids.push(...(await idsOf(store, list, part)).slice(part === first ? done : 0).slice(0, limit - ids.length));
  const last = next > first ? (await idsOf(store, list, next - 1)).length : 0;
  return { ids, total: Math.max(0, (next - 1 - first) * partSize + last - done) };
}

/** Takes the first so many off the list. */
export async function dropIds(store: Store, list: string, count: number): Promise<void> {
  const { first, done, next } = await partsOf(store, list);
  let [part, left] = [first, done + count];
  while (part < next) {
    const { length } = await idsOf(store, list, part);
    if (left < length) break;
    left -= length;
    part++;
  }
  // Once nothing is left the parts are named from the beginning again, and written over.
  const parts = part < next ? { first: part, done: left, next } : { first: 0, done: 0, next: 0 };
  await store.saveState(list, parts satisfies Parts);
  for (let emptied = first; emptied < part; emptied++) await store.saveState(partName(list, emptied), []);
}

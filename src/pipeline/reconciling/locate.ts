import { compareIds, type RecordId, type RecordKind } from '../../domain/records/record.ts';
import type { Crm } from '../ports.ts';

/** The end of a range of ids: how many of the ids kept lie before it, and HubSpot's surplus beyond it. */
interface Cut {
  readonly at: number;
  readonly surplus: number;
  /** The first rows HubSpot has beyond it, ascending: a page of them, or all there are. */
  readonly rows: readonly RecordId[];
  readonly isAll: boolean;
}

/**
 * Which ids are on one side only, told by counts: every search says how many rows lie beyond its page, so halving the range
 * in which the counts differ finds the places in a few calls. `ids` are those kept, ascending. What the counts do not show,
 * as one too many and one too few in the same range, stays unseen; the calls end at `budget`.
 */
export async function locateDifferences(
  crm: Pick<Crm, 'recordsAfter'>,
  kind: RecordKind,
  ids: readonly RecordId[],
  { budget }: { readonly budget: number },
): Promise<RecordId[]> {
  let calls = 0;
  const cut = async (at: number): Promise<Cut | null> => {
    if (calls++ >= budget) return null;
    const { records, unreadable, remaining } = await crm.recordsAfter(kind, ids[at - 1] ?? null);
    if (remaining === null) return null;
    const rows = [...records, ...unreadable].map(({ id }) => id).sort(compareIds);
    return { at, surplus: rows.length + remaining - (ids.length - at), rows, isAll: remaining === 0 };
  };

  const [first, last] = [await cut(0), await cut(ids.length)];
  if (!first || !last) return [];
  const found = [...last.rows];
  const open: (readonly [Cut, Cut])[] = [[first, last]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    if (from.surplus === to.surplus) continue;
    const size = to.at - from.at;
    if (from.isAll || size <= Math.max(1, from.rows.length)) {
      found.push(...onOneSide(ids.slice(from.at, to.at), from));
      continue;
    }
    const middle = await cut((from.at + to.at) >> 1);
    if (middle) open.push([middle, to], [from, middle]);
  }
  return found;
}

/** Ids of a range that are on one side only, as far as the rows reach. */
function onOneSide(kept: readonly RecordId[], { rows, isAll }: Cut): RecordId[] {
  const end = kept.at(-1);
  const reach = isAll ? end : rows.at(-1);
  const upTo = (list: readonly RecordId[], last: RecordId | undefined): Set<RecordId> =>
    new Set(list.filter((id) => last !== undefined && compareIds(id, last) <= 0));
  return [...upTo(kept, reach).symmetricDifference(upTo(rows, end))];
}

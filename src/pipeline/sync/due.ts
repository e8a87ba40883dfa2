import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Store } from '../ports.ts';

/** Ids of records to read again, by kind. */
export type Due = Readonly<Partial<Record<RecordKind, readonly RecordId[]>>>;

const stateName = (kind: RecordKind): string => `due#${kind}`;

/** What is noted of a kind. */
export const dueOf = async (store: Store, kind: RecordKind): Promise<readonly RecordId[]> =>
  (await store.readState<RecordId[]>(stateName(kind))) ?? [];

/** Notes records to be read again, whatever their modified dates say. What was noted stays so until it was read. */
export async function noteDue(store: Store, due: Due): Promise<void> {
  for (const [kind, ids] of Object.entries(due) as [RecordKind, readonly RecordId[]][]) {
    if (ids.length === 0) continue;
    const noted = await dueOf(store, kind);
    await store.saveState(stateName(kind), [...new Set([...noted, ...ids])]);
  }
}

/** Takes records off the list. */
export async function clearDue(store: Store, kind: RecordKind, read: readonly RecordId[]): Promise<void> {
  const done = new Set(read);
  const left = (await dueOf(store, kind)).filter((id) => !done.has(id));
  await store.saveState(stateName(kind), left);
}

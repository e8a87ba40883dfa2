import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Store } from '../ports.ts';

/** Ids of records to read again, by kind. */
export type Due = Readonly<Partial<Record<RecordKind, readonly RecordId[]>>>;

/** The list of what is to be read again of a kind. */
export const dueList = (kind: RecordKind): string => `due#${kind}`;

/** Notes records to be read again, whatever their modified dates say. What was noted stays so until it was read. */
export async function noteDue(store: Store, due: Due): Promise<void> {
  for (const [kind, ids] of Object.entries(due) as [RecordKind, readonly RecordId[]][])
    await store.noteIds(dueList(kind), ids);
}

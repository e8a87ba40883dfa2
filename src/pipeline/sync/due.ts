import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Mark, Store } from '../ports.ts';

/** What of a record is to be read again: all of it, or only whom it is linked to. */
export type Extent = 'whole' | 'links';
/** One after the other within a kind: whoever commits its records does so once at a time. */
export const extents: readonly Extent[] = ['links', 'whole'];

/** Ids of records to read again, by kind. */
export type Due = Readonly<Partial<Record<RecordKind, readonly RecordId[]>>>;

/** What was noted of one kind. */
export interface Noted {
  readonly extent: Extent;
  readonly kind: RecordKind;
  readonly marks: readonly Mark<RecordId>[];
}

/** The list of what is to be read again of a kind. */
export const dueList = (kind: RecordKind, extent: Extent): string =>
  extent === 'whole' ? `due#${kind}` : `due links#${kind}`;

/** Who notes what is due, and may want to know what was noted. */
export interface Noting {
  readonly store: Store;
  readonly onNoted?: (noted: Noted) => void;
}

/** Notes records to be read again, whatever their modified dates say. What was noted stays so until it was read. */
export async function noteDue({ store, onNoted }: Noting, extent: Extent, due: Due): Promise<void> {
  for (const [kind, ids] of Object.entries(due) as [RecordKind, readonly RecordId[]][]) {
    const marks = await store.noteIds(dueList(kind, extent), ids);
    onNoted?.({ extent, kind, marks });
  }
}

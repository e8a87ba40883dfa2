import type { RecordKind } from '../../domain/records/record.ts';
import type { StageMeaning, Store } from '../ports.ts';

/** What the stages of a kind meant when they were last looked at, and when that was. */
export interface NotedStages {
  readonly at: number;
  /** By `pipeline/stage`. */
  readonly stages: Readonly<Record<string, StageMeaning>>;
}

/** The state document of a kind's stages. */
export const stagesState = (kind: RecordKind): string => `stages#${kind}`;

/** Null before the first look. */
export const notedStages = (store: Store, kind: RecordKind): Promise<NotedStages | null> =>
  store.readState<NotedStages>(stagesState(kind));

export const noteStages = (store: Store, kind: RecordKind, noted: NotedStages): Promise<void> =>
  store.saveState(stagesState(kind), noted);

import { type CxRecord, compareIds, type RecordId, type RecordKind } from '#domain/records/record.ts';
import { memoryBook } from '#hubspot/memory-book.ts';
import type { Store } from '#pipeline/ports.ts';

/** A store that keeps what the sync asks it for again, and counts the rest. */
export interface CountingStore {
  readonly store: Store;
  /** Distinct records that were saved. */
  saved(kind: RecordKind): number;
}

/** What it is told to do and merely takes note of. */
const done = async (): Promise<void> => {};

/**
 * Stands behind the Store port where a real store would take longer than all else: state documents are kept as the JSON
 * they are, of records the ids, and whole ones only where the sync reads them again, as it does tickets whose stage
 * history is due. Metrics and scores cannot be computed from it.
 */
export function countingStore(keeps: (record: CxRecord) => boolean): CountingStore {
  const state = new Map<string, string>();
  const ids = new Map<RecordKind, Set<RecordId>>();
  const kept = new Map<string, CxRecord>();
  const idsOf = (kind: RecordKind): Set<RecordId> => ids.get(kind) ?? new Set();

  const lists = new Map<string, Set<RecordId>>();
  const listOf = (name: string): Set<RecordId> => {
    const list = lists.get(name) ?? new Set<RecordId>();
    lists.set(name, list);
    return list;
  };
  const readRecords = async (kind: RecordKind, asked: readonly RecordId[]): Promise<Map<RecordId, CxRecord>> =>
    new Map(
      asked.flatMap((id) => {
        const record = kept.get(`${kind} ${id}`);
        return record ? [[id, record] as const] : [];
      }),
    );

  const sync: Partial<Store> = {
    ...memoryBook(),
    readState: async <T>(name: string) => {
      const json = state.get(name);
      return json === undefined ? null : (JSON.parse(json) as T);
    },
    readStates: async (names) =>
      new Map(
        names.flatMap((name) => (state.has(name) ? [[name, JSON.parse(state.get(name) as string)] as const] : [])),
      ),
    saveState: async (name, value) => {
      state.set(name, JSON.stringify(value));
    },
    bindPortal: done,
    readRecords,
    standings: async (kind, asked) => ({ records: await readRecords(kind, asked), departures: new Map() }),
    noteIds: async (list, noted) => {
      for (const id of noted) listOf(list).add(id);
      return noted.map((target) => ({ target, version: '' }));
    },
    notedIds: async (list, limit) =>
      [...listOf(list)]
        .sort(compareIds)
        .slice(0, limit)
        .map((target) => ({ target, version: '' })),
    countNoted: async (list) => listOf(list).size,
    dropIds: async (list, marks) => {
      for (const { target } of marks) listOf(list).delete(target);
    },
    saveRecords: async (records) => {
      for (const record of records) {
        ids.set(record.kind, idsOf(record.kind).add(record.id));
        if (keeps(record)) kept.set(`${record.kind} ${record.id}`, record);
      }
      return [];
    },
    countRecords: async (kind) => idsOf(kind).size,
    departures: async () => new Map(),
    archivedIds: async () => [],
    quarantine: done,
    quarantined: async function* () {},
    releaseFromQuarantine: done,
    fileFacts: done,
    unfileFacts: done,
    markDays: done,
    markCustomers: done,
  };
  const store = new Proxy(sync, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      if (method === undefined) throw new Error(`A store that only counts cannot ${String(name)}.`);
      return method;
    },
  }) as Store;
  return { store, saved: (kind) => idsOf(kind).size };
}

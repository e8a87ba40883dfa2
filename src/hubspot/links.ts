import { compareIds, type Links, type RecordId, type RecordKind, recordKinds } from '#domain/records/record.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { readAssociations, type Targets } from './associations.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** Which links are read from each kind. Links read from one side only are mirrored by whoever needs the other. */
export const linkedKinds: Readonly<Record<RecordKind, readonly RecordKind[]>> = {
  contact: ['company'],
  company: [],
  deal: ['contact', 'company'],
  ticket: ['contact', 'company'],
  answer: ['contact', 'ticket'],
  call: ['contact'],
  subscription: ['contact', 'company'],
};

/** The kinds whose links name records of this kind. */
const linkingKinds = (kind: RecordKind): RecordKind[] =>
  recordKinds.filter((other) => linkedKinds[other].includes(kind));

/** The ids linked to a record: the primary one first, then ascending. */
const ordered = (targets: Targets): RecordId[] =>
  [...targets].sort(([a, first], [b, second]) => Number(second) - Number(first) || compareIds(a, b)).map(([id]) => id);

/** Without the scope for the other kind its links cannot be read; the pull of that kind itself says which scope to grant. */
const nothingIfNotGranted = (error: unknown): null => {
  if (error instanceof HubSpotRefusedError && error.status === 403) return null;
  throw error;
};

/** Reads links from either side, complete however many pages each record has. */
export interface LinkReader {
  /** A kind without links is `[]`, one that is not granted is absent. Records whose links cannot be read are left out. */
  linksOf(kind: RecordKind, ids: readonly RecordId[]): Promise<Map<RecordId, Links>>;
  /** Records linked to those whose links cannot be read are left out. */
  linkedTo(kind: RecordKind, ids: readonly RecordId[]): Promise<Map<RecordKind, readonly RecordId[]>>;
}

/** Builds the reader. */
export function linkReader(transport: Transport, sizes: Sizes): LinkReader {
  const readEach = (from: RecordKind, kinds: readonly RecordKind[], ids: readonly RecordId[]) =>
    Promise.all(kinds.map((to) => readAssociations(transport, sizes, { from, to }, ids).catch(nothingIfNotGranted)));

  return {
    linksOf: async (kind, ids) => {
      const distinct = [...new Set(ids)];
      const kinds = linkedKinds[kind];
      const read = await readEach(kind, kinds, distinct);
      const readable = distinct.filter((id) => read.every((each) => !each?.unreadable.has(id)));
      const linksOf = (id: RecordId): Links =>
        Object.fromEntries(
          kinds.flatMap((to, index) => {
            const granted = read[index];
            return granted ? [[to, ordered(granted.found.get(id) ?? new Map())]] : [];
          }),
        );
      return new Map(readable.map((id) => [id, linksOf(id)]));
    },
    linkedTo: async (kind, ids) => {
      const kinds = linkingKinds(kind);
      const read = await readEach(kind, kinds, [...new Set(ids)]);
      const linking = read.map(
        (each) => new Set([...(each?.found.values() ?? [])].flatMap((targets) => [...targets.keys()])),
      );
      return new Map(
        kinds.flatMap((other, index) => {
          const named = linking[index];
          return named && named.size > 0 ? [[other, [...named].sort(compareIds)] as const] : [];
        }),
      );
    },
  };
}

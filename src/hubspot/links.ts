import * as associations from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import { compareIds, type Links, type RecordId, type RecordKind } from '#domain/records/record.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { chunks } from './chunks.ts';
import { configure } from './generated.ts';
import { sizes } from './limits.ts';
import { objectTypes } from './object-types.ts';
import { refusalFrom } from './refusal.ts';
import { refusedError } from './remedies.ts';
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

/** Type ids of "primary company" (https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide). */
const primaryTypeIds: ReadonlySet<number> = new Set([1, 5, 26]);

type LinksByRecord = Map<RecordId, Map<RecordId, { primary: boolean }>>;

const take = (found: LinksByRecord, { _from, to }: associations.PublicAssociationMultiWithLabel): void => {
  const targets = found.get(String(_from.id)) ?? new Map<RecordId, { primary: boolean }>();
  for (const { toObjectId, associationTypes } of to ?? []) {
    const id = String(toObjectId);
    const primary = (associationTypes ?? []).some(({ typeId }) => primaryTypeIds.has(typeId));
    targets.set(id, { primary: primary || (targets.get(id)?.primary ?? false) });
  }
  found.set(String(_from.id), targets);
};

/** Records without links, and records deleted meanwhile, come as errors of a 207: both simply have no links. */
const missing = 'OBJECT_NOT_FOUND';

const onlyMissing = (answer: object, from: RecordKind, to: RecordKind): void => {
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : [];
  const refusal = errors.map((error) => refusalFrom(207, error)).find(({ category }) => category !== missing);
  if (refusal) throw refusedLinks(refusal, from, to);
};

const refusedLinks = (refusal: ReturnType<typeof refusalFrom>, from: RecordKind, to: RecordKind): HubSpotRefusedError =>
  refusedError(refusal, { method: 'reading links', path: `${objectTypes[from].path} to ${objectTypes[to].path}` });

/** The ids linked to each record: the primary one first, then ascending. */
const ordered = (targets: ReadonlyMap<RecordId, { primary: boolean }>): RecordId[] =>
  [...targets]
    .sort(([a, first], [b, second]) => Number(second.primary) - Number(first.primary) || compareIds(a, b))
    .map(([id]) => id);

/** Without the scope for the other kind its links cannot be read; the pull of that kind itself says which scope to grant. */
const noneIfNotGranted = (error: unknown): LinksByRecord => {
  if (error instanceof HubSpotRefusedError && error.status === 403) return new Map();
  throw error;
};

/** Reads the links of records of one kind, complete however many pages each has; records without any get `{}`. */
export function linkReader(
  transport: Transport,
): (kind: RecordKind, ids: readonly RecordId[]) => Promise<Map<RecordId, Links>> {
  const api = new associations.BatchApi(configure(associations, transport));

  const readAll = async (from: RecordKind, to: RecordKind, ids: readonly RecordId[]): Promise<LinksByRecord> => {
    const found: LinksByRecord = new Map();
    let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
    while (inputs.length > 0) {
      const more: typeof inputs = [];
      for (const chunk of chunks(inputs, sizes.associationInputs)) {
        const answer = await api.getPage(objectTypes[from].path, objectTypes[to].path, { inputs: chunk });
        onlyMissing(answer, from, to);
        for (const result of answer.results) {
          take(found, result);
          const after = result.paging?.next?.after;
          if (after !== undefined) more.push({ id: String(result._from.id), after });
        }
      }
      inputs = more;
    }
    return found;
  };

  return async (kind, ids) => {
    const distinct = [...new Set(ids)];
    const kinds = linkedKinds[kind];
    const found = await Promise.all(kinds.map((to) => readAll(kind, to, distinct).catch(noneIfNotGranted)));
    const linksOf = (id: RecordId): Links =>
      Object.fromEntries(
        kinds.flatMap((to, index) => {
          const targets = found[index]?.get(id);
          return targets && targets.size > 0 ? [[to, ordered(targets)]] : [];
        }),
      );
    return new Map(distinct.map((id) => [id, linksOf(id)]));
  };
}

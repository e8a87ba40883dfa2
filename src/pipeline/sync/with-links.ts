import type { CxRecord, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Syncing } from './syncing.ts';

/** Records with their links, and the ids of those whose links HubSpot did not answer readably. */
export interface Linked {
  readonly records: ReadonlyMap<RecordId, CxRecord>;
  readonly unreadable: readonly RecordId[];
}

/**
 * Records of one kind with their links: those HubSpot associates, and those they name themselves. Where it does not say,
 * because a scope is missing or its answer cannot be read, the links known before stay. `links` are theirs where they
 * have just been read, or told by a webhook.
 */
export async function withLinks(
  { crm, clock }: Pick<Syncing, 'crm' | 'clock'>,
  records: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
  {
    links: given,
    areTold = false,
  }: { readonly links?: ReadonlyMap<RecordId, Links> | undefined; readonly areTold?: boolean } = {},
): Promise<Linked> {
  const [first] = records;
  if (!first) return { records: new Map(), unreadable: [] };
  const ids = records.map(({ id }) => id);
  const linkedAt = clock.now();
  const links = given ?? (await crm.linksOf(first.kind, ids));
  const linked = records.map((record) => {
    const answered = links.get(record.id);
    const told = { ...stored.get(record.id)?.links, ...answered };
    return [
      record.id,
      { ...record, links: union(record.links, told), ...(answered && !areTold && { linkedAt }) },
    ] as const;
  });
  return { records: new Map(linked), unreadable: ids.filter((id) => !links.has(id)) };
}

/** The links of both, kinds without any left out. */
function union(a: Links, b: Links): Links {
  const merged: Partial<Record<RecordKind, readonly RecordId[]>> = { ...a };
  for (const [kind, ids] of Object.entries(b) as [RecordKind, readonly RecordId[]][])
    if (ids.length > 0) merged[kind] = [...new Set([...(merged[kind] ?? []), ...ids])];
  return merged;
}

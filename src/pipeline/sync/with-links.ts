import type { CxRecord, Instant, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Syncing } from './syncing.ts';

/** Records with their links, and the ids of those whose links HubSpot did not answer readably. */
export interface Linked {
  readonly records: ReadonlyMap<RecordId, CxRecord>;
  readonly unreadable: readonly RecordId[];
}

/** Links of records that are known already. */
export interface KnownLinks {
  readonly links: ReadonlyMap<RecordId, Links>;
  /** When reading them began; null where a webhook told them: then nothing else about links is said. */
  readonly readAt: Instant | null;
}

/**
 * Records of one kind with their links: those HubSpot associates, and those they name themselves. Where it does not say,
 * because a scope is missing or its answer cannot be read, the links known before stay. They are read now, unless given.
 */
export async function withLinks(
  { crm, clock }: Pick<Syncing, 'crm' | 'clock'>,
  records: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
  given?: KnownLinks,
): Promise<Linked> {
  const [first] = records;
  if (!first) return { records: new Map(), unreadable: [] };
  const ids = records.map(({ id }) => id);
  const { links, readAt: linkedAt } = given ?? {
    readAt: clock.now(),
    links: await crm.linksOf(first.kind, ids),
  };
  const linked = records.map((record) => {
    const known = stored.get(record.id);
    const answered = links.get(record.id);
    const told = { ...known?.links, ...answered };
    if (!answered || linkedAt === null) return [record.id, { ...record, links: union(record.links, told) }] as const;
    // Read again meanwhile, and later.
    if (known?.linkedAt !== undefined && known.linkedAt > linkedAt)
      return [record.id, withLinksOf(known, { ...record, links: union(record.links, known.links) })] as const;
    const since = toldSince(known, linkedAt);
    const whole = { ...record, links: union(record.links, union(told, since.links)), linkedAt };
    return [record.id, since.told ? { ...whole, linksTold: since.told } : whole] as const;
  });
  return { records: new Map(linked), unreadable: ids.filter((id) => !links.has(id)) };
}

/** A record with all that is known of when its links were read and told. */
export const withLinksOf = (known: CxRecord | undefined, record: CxRecord): CxRecord => ({
  ...record,
  ...(known?.linkedAt !== undefined && { linkedAt: known.linkedAt }),
  ...(known?.linksTold && { linksTold: known.linksTold }),
});

/** The links of both, kinds without any left out. */
function union(a: Links, b: Links): Links {
  const merged: Partial<Record<RecordKind, readonly RecordId[]>> = { ...a };
  for (const [kind, ids] of Object.entries(b) as [RecordKind, readonly RecordId[]][])
    if (ids.length > 0) merged[kind] = [...new Set([...(merged[kind] ?? []), ...ids])];
  return merged;
}

/** Links a webhook told of while others were being read, in order to be there all the same. */
function toldSince(known: CxRecord | undefined, linkedAt: Instant) {
  const links: Partial<Record<RecordKind, readonly RecordId[]>> = {};
  const told = Object.entries(known?.linksTold ?? {}).filter(([, at]) => at > linkedAt);
  for (const [name] of told) {
    const [kind, id] = name.split('/') as [RecordKind, RecordId];
    if (known?.links[kind]?.includes(id)) links[kind] = [...(links[kind] ?? []), id];
  }
  return { links, told: told.length > 0 ? Object.fromEntries(told) : undefined };
}

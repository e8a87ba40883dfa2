import { type CxRecord, type RecordId, type RecordKind, recordKinds } from '#domain/records/record.ts';
import { objectNames } from '#local/object-names.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import type { Change, Standings } from '#pipeline/ports.ts';

/** What HubSpot has to be asked about records of one kind. */
export interface Asked {
  readonly kind: RecordKind;
  /** Records to be read. */
  readonly rows: readonly RecordId[];
  /** Records whose links are to be read. */
  readonly links: readonly RecordId[];
  /** Those that are back from the recycle bin: others may be linked to them again, of which nothing is told. */
  readonly returned: readonly RecordId[];
}

type Need = 'whole' | 'row' | 'links' | 'nothing';

/**
 * What a batch of changes makes necessary to ask, before it is applied. Whole: records that are there and that the mirror
 * has not, and what others were merged into. Their row: records that may be archived, or have a value of which HubSpot
 * calculates others. Their links: those that ended, or became the primary one of several. None of it where the mirror was
 * told, or read it, since. All else the events say themselves.
 */
export function askedBy(
  kind: RecordKind,
  changes: readonly Change[],
  { records, departures }: Standings,
  portal: PortalState,
): Asked {
  const isLive = (id: RecordId): boolean => portal.records[objectNames[kind]].isLive(id);
  const needOf = (change: Change): Need => {
    const known = records.get(change.id);
    if (known) return needOfKnown(known, change);
    return isLive(change.id) ? 'whole' : 'nothing';
  };
  const needs = changes.map((change) => ({ id: change.id, need: needOf(change) }));
  const idsFor = (...these: readonly Need[]): RecordId[] => [
    ...new Set(needs.flatMap(({ id, need }) => (these.includes(need) ? [id] : []))),
  ];
  return {
    kind,
    rows: idsFor('whole', 'row'),
    links: idsFor('whole', 'links'),
    returned: idsFor('whole').filter((id) => departures.get(id)?.why === 'archived'),
  };
}

function needOfKnown(known: CxRecord, change: Change): Need {
  const { at } = change;
  const { linkedAt = 0, modifiedAt, absorbed, links, linksTold = {} } = known;
  switch (change.what) {
    case 'absorbed':
      return change.absorbed.every((id) => absorbed.includes(id)) ? 'nothing' : 'whole';
    case 'archived':
      return at > linkedAt ? 'row' : 'nothing';
    case 'property':
      return !change.suffices && at > modifiedAt ? 'row' : 'nothing';
    case 'linked':
    case 'unlinked': {
      if (at <= Math.max(linkedAt, linksTold[`${change.to}/${change.other}`] ?? 0)) return 'nothing';
      const linked = links[change.to] ?? [];
      if (change.what === 'unlinked') return linked.includes(change.other) ? 'links' : 'nothing';
      return change.isPrimary && linked.length > 0 && linked[0] !== change.other ? 'links' : 'nothing';
    }
    default:
      return 'nothing';
  }
}

/** The records of other kinds that are linked to these, by kind. */
export const linkedTo = (
  kind: RecordKind,
  ids: readonly RecordId[],
  linkedKinds: Readonly<Record<RecordKind, readonly RecordKind[]>>,
  portal: PortalState,
): readonly { readonly kind: RecordKind; readonly ids: readonly RecordId[] }[] =>
  recordKinds
    .filter((other) => linkedKinds[other].includes(kind))
    .map((other) => ({
      kind: other,
      ids: [
        ...new Set(
          ids.flatMap((id) => portal.associated(objectNames[kind], id, objectNames[other]).map((each) => each.id)),
        ),
      ],
    }));

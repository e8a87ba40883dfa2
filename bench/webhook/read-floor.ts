import { type RecordId, type RecordKind, recordKinds } from '#domain/records/record.ts';
import { linkedKinds } from '#hubspot/links.ts';
import { hubSpotSizes } from '#hubspot/sizes.ts';
import type { Change } from '#pipeline/ports.ts';
import { pagesOf } from '../support/call-figure.ts';
import type { Naming } from './deeds.ts';

/** What told changes leave open. */
const isUntold = (change: Change): boolean =>
  change.what === 'created' ||
  change.what === 'restored' ||
  change.what === 'absorbed' ||
  (change.what === 'property' && !change.suffices && !(change.isOutput && change.byUs));

/** Links of new, returned and merged records are not told with them; one that ended may go on under another label. */
const leavesLinksOpen = ({ what }: Change): boolean =>
  what === 'created' || what === 'restored' || what === 'absorbed' || what === 'unlinked';

/** What moves the links of others, of which no event tells. */
const movesOthers = ({ what }: Change): boolean => what === 'archived' || what === 'restored' || what === 'absorbed';

/** Calls that read all links of up to a thousand records of a kind. */
const linkCalls = (kind: RecordKind): number => linkedKinds[kind].length;
const linkingKinds = (kind: RecordKind): number =>
  recordKinds.filter((other) => linkedKinds[other].includes(kind)).length;

/**
 * The fewest calls that a batch of changes needs: by kind, a call for every hundred records that must be read, and for
 * each kind they link to a call for every thousand whose links must be. Links must also be read of who named a record that
 * was merged, left or came back; who names one that came back has to be asked first.
 */
export function fewestReads(changes: readonly Change[], naming: Naming): number {
  let calls = 0;
  for (const [kind, ofKind] of Map.groupBy(changes, (change): RecordKind => change.kind)) {
    const distinct = (those: (change: Change) => boolean): number =>
      new Set<RecordId>(ofKind.filter(those).map(({ id }) => id)).size;
    calls += pagesOf(distinct(isUntold), hubSpotSizes.batch);
    calls += linkCalls(kind) * pagesOf(distinct(leavesLinksOpen), hubSpotSizes.associationInputs);
    if (ofKind.some(({ what }) => what === 'restored')) calls += linkingKinds(kind);
  }
  const moved = new Set(changes.filter(movesOthers).flatMap(({ kind, id }) => naming(kind, id)));
  return [...moved].reduce((sum, kind) => sum + linkCalls(kind), calls);
}

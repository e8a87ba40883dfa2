import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { invalid } from '../../http/refusals.ts';
import type { PortalState } from '../../state/portal-state.ts';

/**
 * The live record an id stands for; with `idProperty`, the one with that unique value. Ids of merged records lead to the
 * surviving one only where `throughMerges` says so: HubSpot redirects single reads and writes, not batches.
 */
export function findRecord(
  portal: PortalState,
  type: ObjectType,
  id: string,
  { idProperty, throughMerges = false }: { idProperty?: string | undefined; throughMerges?: boolean },
): PortalRecord | undefined {
  const collection = portal.records[type];
  let record: PortalRecord | undefined;
  if (idProperty === undefined || idProperty === 'hs_object_id') {
    record = throughMerges ? collection.resolve(id) : collection.get(id);
  } else {
    requireUnique(portal, type, idProperty, `Unable to read by non-unique ${objectTypeFacts[type].typeId} property`);
    record = collection.findBy(idProperty, id);
  }
  return record?.archived ? undefined : record;
}

/** Refuses an `idProperty` whose values are not unique; the message names it last. */
export function requireUnique(portal: PortalState, type: ObjectType, name: string, message: string): void {
  if (!portal.properties[type].find(name)?.hasUniqueValue) throw invalid(`${message} ${name}`);
}

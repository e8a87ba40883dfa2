import type { ObjectType } from '../../../portals/portal.ts';
import { associationTypesBetween } from '../../facts/association-types.ts';
import { objectTypeFacts, objectTypeNamed } from '../../facts/object-types.ts';
import { invalid } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import type { AssociationType } from '../../state/association-graph.ts';

/** The object types an `associations` query names. */
export function associationTargets(from: ObjectType, names: readonly string[]): ObjectType[] {
  return names.map((name) => {
    const to = objectTypeNamed(name);
    if (!to) throw invalid(`Unable to infer object type from: ${name}`);
    if (associationTypesBetween(from, to).length === 0) throw invalid(`${from} are not associated with ${to}`);
    return to;
  });
}

/**
 * The `associations` of a record in a list or single read. A primary company appears twice, once per type, and plural
 * names of two words are keyed with a space (both observed in warehouse connectors).
 */
export function associationsBody(
  surroundings: Surroundings,
  from: ObjectType,
  id: string,
  targets: readonly ObjectType[],
): { associations?: Record<string, unknown> } {
  const entries = targets.flatMap((to) => {
    const all = surroundings.portal.associated(from, id, to);
    if (all.length === 0) return [];
    const page = all.slice(0, surroundings.pageSizes.associationsPerPage);
    const next = all[page.length];
    const results = page.flatMap((each) => each.types.map((type) => ({ id: each.id, type: nameOf(from, to, type) })));
    const path = `/crm/v3/objects/${from}/${id}/associations/${to}`;
    const paging = next && { next: { after: next.id, link: `${surroundings.url}${path}?after=${next.id}` } };
    return [[to.replaceAll('_', ' '), { results, ...(paging && { paging }) }] as const];
  });
  return entries.length === 0 ? {} : { associations: Object.fromEntries(entries) };
}

function nameOf(from: ObjectType, to: ObjectType, { label, category }: AssociationType): string {
  if (category === 'USER_DEFINED') return (label ?? 'custom').toLowerCase().replaceAll(' ', '_');
  const name = `${objectTypeFacts[from].singular}_to_${objectTypeFacts[to].singular}`;
  const hasPrimary = associationTypesBetween(from, to).some((each) => each.label !== null);
  return hasPrimary && label === null ? `${name}_unlabeled` : name;
}

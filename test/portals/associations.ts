import type { ObjectType, Portal, PortalRecord } from '#local/portals/portal.ts';
import { objectTypes } from '#local/portals/portal.ts';

/** Ids of a record's associated records of a type. */
export const associatedIds = ({ associations }: Pick<PortalRecord, 'associations'>, type: ObjectType): string[] =>
  (associations?.[type] ?? []).map((link) => (typeof link === 'string' ? link : link.id));

/** Associations, now and in the future, with records that are not there at that time. */
export function associationsThatLeadNowhere(portal: Portal): string[] {
  const there = new Set(objectTypes.flatMap((type) => portal.records[type].map(({ id }) => `${type} ${id}`)));
  const lost: string[] = [];
  const check = (from: string, associations: PortalRecord['associations']) => {
    for (const type of objectTypes) {
      const missing = associatedIds({ ...(associations && { associations }) }, type).filter(
        (id) => !there.has(`${type} ${id}`),
      );
      lost.push(...missing.map((id) => `${from} → ${type} ${id}`));
    }
  };
  for (const type of objectTypes)
    for (const record of portal.records[type]) check(`${type} ${record.id}`, record.associations);
  for (const event of portal.future) {
    check(`${event.type} ${event.id} at ${event.at}`, event.associations);
    if (event.change === 'create') there.add(`${event.type} ${event.id}`);
  }
  return lost;
}

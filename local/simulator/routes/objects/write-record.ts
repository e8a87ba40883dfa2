import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { Refusal } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import type { ChangeSource } from '../../state/changed-record.ts';
import { propertyValue } from '../../state/record-values.ts';
import { recordWriter } from './record-body.ts';

/** Stores checked values as this app, now; answers the record as HubSpot sends it after a write. */
export function writeRecord(
  surroundings: Surroundings,
  type: ObjectType,
  record: PortalRecord,
  values: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const { portal } = surroundings;
  const { at, source } = writtenNow(surroundings);
  const changes = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      appended(portal.properties[type].find(name)?.fieldType, propertyValue(type, record, name), value),
    ]),
  );
  const changed = portal.update(type, record.id, changes, at, source);
  const write = recordWriter(surroundings, type, {
    properties: Object.keys(values).length > 0 ? Object.keys(values) : ['hs_object_id'],
  });
  return write(changed);
}

/** When and by whom what this call writes is written. */
export function writtenNow({ clock, appId }: Surroundings): { at: string; source: ChangeSource } {
  return { at: new Date(clock.now()).toISOString(), source: { sourceType: 'INTEGRATION', sourceId: appId } };
}

/** Refuses an address another contact has (observed; the other id stands only in the text). */
export function refuseTakenEmail(
  { portal }: Surroundings,
  type: ObjectType,
  record: PortalRecord | undefined,
  values: Readonly<Record<string, string>>,
): void {
  const email = values.email;
  if (type !== 'contacts' || !email) return;
  const other = portal.records.contacts.findBy('email', email);
  if (!other || other.id === record?.id) return;
  throw new Refusal(409, `Contact already exists. Existing ID: ${other.id}`, { category: 'CONFLICT' });
}

/** A leading semicolon adds to a multiple selection instead of replacing it (docs: properties guide). */
function appended(fieldType: string | undefined, before: string | null, value: string): string {
  if (fieldType !== 'checkbox' || !value.startsWith(';')) return value;
  return [...new Set([...(before ?? '').split(';'), ...value.split(';')])].filter(Boolean).join(';');
}

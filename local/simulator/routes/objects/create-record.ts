import type { Association, ObjectType } from '../../../portals/portal.ts';
import { associationTypes } from '../../facts/association-types.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, created } from '../../http/answer.ts';
import { type ApiRequest, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { invalid } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import type { PortalState } from '../../state/portal-state.ts';
import { checkedValues } from './checked-values.ts';
import { invalidValues } from './property-problems.ts';
import { recordWriter } from './record-body.ts';
import { refuseTakenEmail, writtenNow } from './write-record.ts';

/** Creates one record, with the associations named (docs: CRM objects, create). */
export function createRecord(request: ApiRequest, surroundings: Surroundings): Answer {
  const type = objectTypeParameter(request);
  const { portal } = surroundings;
  const { properties, associations } = jsonBody(request);
  const { values, problems } = checkedValues(portal, type, (properties ?? {}) as Record<string, unknown>);
  if (problems.length > 0) throw invalidValues(problems);
  refuseMissing(type, values);
  refuseTakenEmail(surroundings, type, undefined, values);
  const links = associationsOf(portal, type, associations);
  const { at, source } = writtenNow(surroundings);
  const record = portal.create(type, { properties: values, associations: links }, at, source);
  const write = recordWriter(surroundings, type, { properties: ['hs_object_id', ...Object.keys(values)] });
  return created(write(record));
}

/** Observed of tickets; the wording is the same for every type. */
function refuseMissing(type: ObjectType, values: Readonly<Record<string, string>>): void {
  const { required, singular } = objectTypeFacts[type];
  const properties = required.filter((name) => !values[name]);
  if (properties.length === 0) return;
  const message = `Error creating ${singular.toUpperCase()}. Some required properties were not set.`;
  throw invalid(message, { context: { properties } });
}

type NewAssociation = { to?: { id?: unknown }; types?: readonly { associationTypeId?: unknown }[] };

function associationsOf(
  portal: PortalState,
  from: ObjectType,
  given: unknown,
): Partial<Record<ObjectType, Association[]>> {
  const links: Partial<Record<ObjectType, Association[]>> = {};
  for (const { to: target, types = [] } of (Array.isArray(given) ? given : []) as NewAssociation[]) {
    for (const { associationTypeId } of types) {
      const type = associationTypes.find((each) => each.from === from && each.typeId === associationTypeId);
      const id = String(target?.id);
      if (!type || !portal.records[type.to].isLive(id))
        throw invalid(`Association of type ${associationTypeId} to ${id} is not valid`);
      links[type.to] = [...(links[type.to] ?? []), { id, typeId: type.typeId }];
    }
  }
  return links;
}

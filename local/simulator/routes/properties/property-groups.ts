import { type Answer, created, ok } from '../../http/answer.ts';
import { type ApiRequest, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { alreadyExists, invalid } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';

/** The groups of an object type. */
export function listGroups(request: ApiRequest, { portal }: Surroundings): Answer {
  return ok({ results: portal.properties[objectTypeParameter(request)].groups() });
}

/** Creates a group. The answer to a taken name is taken over from properties; it is not documented for groups. */
export function createGroup(request: ApiRequest, { portal }: Surroundings): Answer {
  const { name, label, displayOrder } = jsonBody(request);
  if (typeof name !== 'string' || typeof label !== 'string') {
    throw invalid('Invalid input JSON on line 1, column 1: some of required attributes are not set [name, label]');
  }
  const registry = portal.properties[objectTypeParameter(request)];
  if (registry.hasGroup(name)) throw alreadyExists(`A property group named '${name}' already exists.`);
  return created(registry.addGroup({ name, label, ...(typeof displayOrder === 'number' && { displayOrder }) }));
}

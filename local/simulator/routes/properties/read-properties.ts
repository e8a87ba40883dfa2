import { propertyBatch } from '../../facts/limits.ts';
import { type Answer, batch, ok } from '../../http/answer.ts';
import {
  type ApiRequest,
  archivedParameter,
  batchInputs,
  jsonBody,
  objectTypeParameter,
} from '../../http/api-request.ts';
import { notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import type { LiveProperty } from '../../state/property-registry.ts';
import { propertyBody } from './property-body.ts';

/** Every definition of an object type, without paging. */
export function listProperties(request: ApiRequest, { portal }: Surroundings): Answer {
  const registry = portal.properties[objectTypeParameter(request)];
  return ok({ results: registry.list({ archived: archivedParameter(request.query) }).map(propertyBody) });
}

/** One definition; 404 for unknown names and for archived ones not asked for as such (observed). */
export function getProperty(request: ApiRequest, surroundings: Surroundings): Answer {
  const name = request.params.name ?? '';
  const property = lookUp(request, surroundings, name, archivedParameter(request.query));
  if (!property) throw notFound(`The property named '${name}' does not exist.`);
  return ok(propertyBody(property));
}

/** Several definitions by name. */
export function batchReadProperties(request: ApiRequest, surroundings: Surroundings): Answer {
  const body = jsonBody(request);
  const names = batchInputs(body, propertyBatch).map((input) => String(input.name));
  const found = names.flatMap((name) => lookUp(request, surroundings, name, body.archived === true) ?? []);
  const missing = names.filter((name) => !found.some((property) => property.name === name));
  const errors = missing.map(
    (name) =>
      ({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: `The property named '${name}' does not exist.`,
        context: { name: [name] },
      }) as const,
  );
  return batch(found.map(propertyBody), errors, new Date(surroundings.clock.now()).toISOString());
}

function lookUp(
  request: ApiRequest,
  { portal }: Surroundings,
  name: string,
  archived: boolean,
): LiveProperty | undefined {
  const registry = portal.properties[objectTypeParameter(request)];
  return archived ? registry.findArchived(name) : registry.find(name);
}

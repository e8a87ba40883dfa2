import { propertyBatch } from '../../facts/limits.ts';
import { type Answer, type BatchError, batch, created, noContent, ok } from '../../http/answer.ts';
import { type ApiRequest, batchInputs, jsonBody, objectTypeParameter } from '../../http/api-request.ts';
import { invalid, notFound, Refusal } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { propertyBody } from './property-body.ts';
import { changedProperty, newPropertyOf } from './property-input.ts';

/** Creates a definition; an archived one of the same name comes back with its old creation date (observed). */
export function createProperty(request: ApiRequest, surroundings: Surroundings): Answer {
  return created(createOne(request, surroundings, jsonBody(request)));
}

/** Creates several definitions: 201, or 207 with an error for each that could not be (spec). */
export function batchCreateProperties(request: ApiRequest, surroundings: Surroundings): Answer {
  const results: unknown[] = [];
  const errors: BatchError[] = [];
  for (const input of batchInputs(jsonBody(request), propertyBatch)) {
    try {
      results.push(createOne(request, surroundings, input));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { category, subCategory } = refusal.details as { category: string; subCategory?: string };
      errors.push({
        status: 'error',
        category,
        message: refusal.message,
        ...(subCategory !== undefined && { subCategory }),
        context: { name: [String(input.name)] },
      });
    }
  }
  return batch(results, errors, new Date(surroundings.clock.now()).toISOString(), 201);
}

/** Changes a definition. */
export function updateProperty(request: ApiRequest, { portal, clock }: Surroundings): Answer {
  const registry = portal.properties[objectTypeParameter(request)];
  const name = request.params.name ?? '';
  const property = registry.find(name);
  if (!property) throw notFound(`The property named '${name}' does not exist.`);
  const changed = changedProperty(property, jsonBody(request));
  if (!registry.hasGroup(changed.groupName)) throw invalid(`Property group ${changed.groupName} does not exist`);
  const at = new Date(clock.now()).toISOString();
  return ok(propertyBody(registry.define(changed, { hubspotDefined: property.hubspotDefined, at })));
}

/** Archives a definition; HubSpot's own cannot be. */
export function archiveProperty(request: ApiRequest, { portal, clock }: Surroundings): Answer {
  const registry = portal.properties[objectTypeParameter(request)];
  const name = request.params.name ?? '';
  const property = registry.find(name);
  if (!property) throw notFound(`The property named '${name}' does not exist.`);
  if (property.hubspotDefined) throw invalid(`${name} is defined by HubSpot and cannot be archived`);
  registry.archive(name, new Date(clock.now()).toISOString());
  return noContent;
}

function createOne(request: ApiRequest, { portal, clock }: Surroundings, given: Record<string, unknown>): unknown {
  const type = objectTypeParameter(request);
  const definition = newPropertyOf(portal, type, given);
  return propertyBody(portal.properties[type].define(definition, { at: new Date(clock.now()).toISOString() }));
}

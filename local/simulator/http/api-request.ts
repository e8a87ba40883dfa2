import type { ObjectType } from '../../portals/portal.ts';
import type { ApiVersion } from '../facts/api-versions.ts';
import { objectTypeNamed } from '../facts/object-types.ts';
import { invalid } from './refusals.ts';

/** A request that found its route. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly version: ApiVersion;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly bodyText: string;
}

/** A query key's values, whether comma-separated (HubSpot's docs) or repeated (the official client). */
export function listParameter(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);
}

/** A page size from the query, refused above its maximum. */
export function limitParameter(query: URLSearchParams, { usual, most }: { usual: number; most: number }): number {
  const asked = query.get('limit');
  if (asked === null || asked === '') return usual;
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < 1) throw invalid(`Invalid limit: ${asked}`);
  if (limit > most) {
    throw invalid(`The limit of ${limit} is above the maximum of ${most} for this request`, {
      errors: [{ message: `limit must be at most ${most}`, in: 'limit' }],
    });
  }
  return limit;
}

/** True when the query asks for archived things. */
export function archivedParameter(query: URLSearchParams): boolean {
  return query.get('archived') === 'true';
}

/** The object type a path parameter names. */
export function objectTypeParameter(request: ApiRequest, name = 'objectType'): ObjectType {
  const given = request.params[name] ?? '';
  const type = objectTypeNamed(given);
  if (!type) throw invalid(`Unable to infer object type from: ${given}`);
  return type;
}

/** The JSON object sent as body. */
export function jsonBody(request: ApiRequest): Record<string, unknown> {
  const value = jsonOf(request);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('Invalid input JSON on line 1, column 1: an object is expected');
  }
  return value as Record<string, unknown>;
}

/** The JSON list sent as body. */
export function jsonList(request: ApiRequest): unknown[] {
  const value = jsonOf(request);
  if (!Array.isArray(value)) throw invalid('Invalid input JSON on line 1, column 1: a list is expected');
  return value;
}

function jsonOf({ bodyText }: ApiRequest): unknown {
  try {
    return JSON.parse(bodyText);
  } catch {
    throw invalid('Invalid input JSON on line 1, column 1: the body is not valid JSON');
  }
}

/** The `inputs` of a batch, refused above its size. */
export function batchInputs(body: Record<string, unknown>, most: number): Record<string, unknown>[] {
  const { inputs } = body;
  if (!Array.isArray(inputs) || inputs.some((each) => typeof each !== 'object' || each === null)) {
    throw invalid('Invalid input JSON on line 1, column 1: some of required attributes are not set [inputs]');
  }
  if (inputs.length > most) {
    throw invalid(`The maximum number of inputs supported in a batch request is ${most}. Received ${inputs.length}.`);
  }
  return inputs;
}

/** A JSON value as a list of strings; anything else is an empty list. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

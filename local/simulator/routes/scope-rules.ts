import type { ObjectType } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import {
  noScopes,
  scopesToReadProperties,
  scopesToReadRecords,
  scopesToWriteProperties,
  scopesToWriteRecords,
} from '../facts/scopes.ts';
import { objectTypeParameter } from '../http/api-request.ts';
import { methodNotAllowed, missingScopes } from '../http/refusals.ts';
import type { Route, Surroundings } from '../http/route.ts';

type ScopesOf = Route['scopes'];

/** Reading records of the type in the path. */
export const toReadRecords: ScopesOf = (request, surroundings) => {
  const type = available(objectTypeParameter(request), surroundings);
  return [scopesToReadRecords(type, request.version)];
};

/** Writing records of the type in the path; read-only types refuse before scopes are looked at. */
export const toWriteRecords: ScopesOf = (request, surroundings) => {
  const type = available(objectTypeParameter(request), surroundings);
  if (!objectTypeFacts[type].writable) throw methodNotAllowed();
  return [scopesToWriteRecords(type)];
};

/** Reading associations between the types `from` and `to` in the path. */
export const toReadAssociations: ScopesOf = (request, surroundings) =>
  ['from', 'to'].map((name) =>
    scopesToReadRecords(available(objectTypeParameter(request, name), surroundings), request.version),
  );

/**
 * Changing associations between the types `from` and `to` in the path. Survey answers have no scope to write, so theirs
 * to read is asked for (uncertain).
 */
export const toWriteAssociations: ScopesOf = (request, surroundings) =>
  ['from', 'to'].map((name) => {
    const type = available(objectTypeParameter(request, name), surroundings);
    return objectTypeFacts[type].writable ? scopesToWriteRecords(type) : scopesToReadRecords(type, request.version);
  });

/** Reading property definitions of the type in the path. */
export const toReadProperties: ScopesOf = (request, surroundings) => [
  scopesToReadProperties(available(objectTypeParameter(request), surroundings)),
];

/** Writing property definitions of the type in the path. */
export const toWriteProperties: ScopesOf = (request, surroundings) => {
  const type = available(objectTypeParameter(request), surroundings);
  if (!objectTypeFacts[type].writable) throw methodNotAllowed();
  return [scopesToWriteProperties(type)];
};

/** What any token may do. */
export const toAnyone: ScopesOf = () => [noScopes];

const tiers = ['free', 'starter', 'professional', 'enterprise'] as const;

/** Refuses object types the account's tier does not include, as if their scope were missing (spec: tier of the API). */
function available(type: ObjectType, { tier }: Surroundings): ObjectType {
  if (tiers.indexOf(tier) >= tiers.indexOf(objectTypeFacts[type].minimumTier)) return type;
  throw missingScopes([`crm.objects.${type}.read`], false);
}

import { objectTypes } from '../../portals/portal.ts';
import { customPropertiesPerObject } from '../facts/limits.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { RouteFamily, Surroundings } from '../http/route.ts';
import { toAnyone } from './scope-rules.ts';

/** How much of the account's allowances is used (spec: limits tracking; first dated version 2026-03). */
export const limits: RouteFamily = {
  prefixes: { v3: '/crm/v3/limits', '2026-03': '/crm/limits/2026-03', '2026-09': '/crm/limits/2026-09' },
  routes: [{ method: 'GET', path: '/custom-properties', kind: 'other', scopes: toAnyone, answer: customProperties }],
};

function customProperties(_request: ApiRequest, { portal, tier }: Surroundings): Answer {
  const limit = customPropertiesPerObject[tier];
  const byObjectType = objectTypes.map((type) => {
    const usage = portal.properties[type].list().filter((property) => !property.hubspotDefined).length;
    return { objectTypeId: objectTypeFacts[type].typeId, limit, usage, percentage: (100 * usage) / limit };
  });
  const overallLimit = limit * objectTypes.length;
  const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
  return ok({ byObjectType, overallLimit, overallUsage, overallPercentage: (100 * overallUsage) / overallLimit });
}

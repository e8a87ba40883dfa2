import type { RouteFamily } from '../http/route.ts';
import { accountInfo } from './account-info.ts';
import { associations, associationsOfOne } from './associations/associations.ts';
import { limits } from './limits.ts';
import { objects } from './objects/objects.ts';
import { owners } from './owners.ts';
import { pipelines } from './pipelines.ts';
import { properties } from './properties/properties.ts';

/** Everything the simulator answers. A new part of the API is one file and one line here. */
export const routeFamilies: readonly RouteFamily[] = [
  objects,
  associations,
  associationsOfOne,
  properties,
  pipelines,
  owners,
  accountInfo,
  limits,
];

import type { RouteFamily } from '../../http/route.ts';
import { toReadAssociations } from '../scope-rules.ts';
import { batchReadAssociations } from './batch-read-associations.ts';
import { listAssociations } from './list-associations.ts';

/** Associations of many records at once (docs: Associations guide). */
export const associations: RouteFamily = {
  prefixes: {
    v4: '/crm/v4/associations',
    '2026-03': '/crm/associations/2026-03',
    '2026-09': '/crm/associations/2026-09',
  },
  routes: [
    {
      method: 'POST',
      path: '/:from/:to/batch/read',
      kind: 'associations',
      scopes: toReadAssociations,
      answer: batchReadAssociations,
    },
  ],
};

/** Associations of one record. The 2026-09 spec has no such read. */
export const associationsOfOne: RouteFamily = {
  prefixes: { v4: '/crm/v4/objects', '2026-03': '/crm/objects/2026-03' },
  routes: [
    {
      method: 'GET',
      path: '/:from/:id/associations/:to',
      kind: 'associations',
      scopes: toReadAssociations,
      answer: listAssociations,
    },
  ],
};

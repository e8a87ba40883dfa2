import type { Route, RouteFamily } from '../../http/route.ts';
import { toReadAssociations, toWriteAssociations } from '../scope-rules.ts';
import { batchReadAssociations } from './batch-read-associations.ts';
import {
  archiveAssociation,
  associatePlainly,
  batchArchiveAssociations,
  batchAssociatePlainly,
  batchCreateAssociations,
  createAssociation,
} from './change-associations.ts';
import { listAssociations } from './list-associations.ts';

const reads = { kind: 'associations', scopes: toReadAssociations } as const satisfies Partial<Route>;
const changes = { kind: 'associations', scopes: toWriteAssociations, changes: true } as const satisfies Partial<Route>;

/** Associations of many records at once (docs: Associations guide). */
export const associations: RouteFamily = {
  prefixes: {
    v4: '/crm/v4/associations',
    '2026-03': '/crm/associations/2026-03',
    '2026-09': '/crm/associations/2026-09',
  },
  routes: [
    { ...reads, method: 'POST', path: '/:from/:to/batch/read', answer: batchReadAssociations },
    { ...changes, method: 'POST', path: '/:from/:to/batch/create', answer: batchCreateAssociations },
    { ...changes, method: 'POST', path: '/:from/:to/batch/associate/default', answer: batchAssociatePlainly },
    { ...changes, method: 'POST', path: '/:from/:to/batch/archive', answer: batchArchiveAssociations },
  ],
};

/** Associations of one record. The 2026-09 spec has no such read. */
export const associationsOfOne: RouteFamily = {
  prefixes: {
    v4: '/crm/v4/objects',
    '2026-03': '/crm/objects/2026-03',
    '2026-09': '/crm/objects/2026-09',
  },
  routes: [
    {
      ...reads,
      method: 'GET',
      path: '/:from/:id/associations/:to',
      in: ['v4', '2026-03'],
      answer: listAssociations,
    },
    { ...changes, method: 'PUT', path: '/:from/:id/associations/default/:to/:toId', answer: associatePlainly },
    { ...changes, method: 'PUT', path: '/:from/:id/associations/:to/:toId', answer: createAssociation },
    { ...changes, method: 'DELETE', path: '/:from/:id/associations/:to/:toId', answer: archiveAssociation },
  ],
};

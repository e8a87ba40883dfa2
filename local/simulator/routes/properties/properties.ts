import type { RouteFamily } from '../../http/route.ts';
import { toReadProperties, toWriteProperties } from '../scope-rules.ts';
import { createGroup, listGroups } from './property-groups.ts';
import { batchReadProperties, getProperty, listProperties } from './read-properties.ts';
import { archiveProperty, batchCreateProperties, createProperty, updateProperty } from './write-properties.ts';

const read = { kind: 'properties', scopes: toReadProperties } as const;
const write = { kind: 'properties', scopes: toWriteProperties, changes: true } as const;

/** Property definitions and their groups (docs: Properties guide). */
export const properties: RouteFamily = {
  prefixes: { v3: '/crm/v3/properties', '2026-03': '/crm/properties/2026-03', '2026-09': '/crm/properties/2026-09' },
  routes: [
    { method: 'GET', path: '/:objectType', ...read, answer: listProperties },
    { method: 'POST', path: '/:objectType', ...write, answer: createProperty },
    { method: 'GET', path: '/:objectType/groups', ...read, answer: listGroups },
    { method: 'POST', path: '/:objectType/groups', ...write, answer: createGroup },
    { method: 'POST', path: '/:objectType/batch/create', ...write, answer: batchCreateProperties },
    { method: 'POST', path: '/:objectType/batch/read', ...read, answer: batchReadProperties },
    { method: 'GET', path: '/:objectType/:name', ...read, answer: getProperty },
    { method: 'PATCH', path: '/:objectType/:name', ...write, answer: updateProperty },
    { method: 'DELETE', path: '/:objectType/:name', ...write, answer: archiveProperty },
  ],
};

import type { Route, RouteFamily } from '../../http/route.ts';
import { toReadRecords, toWriteRecords } from '../scope-rules.ts';
import { archiveRecord, batchArchiveRecords } from './archive-records.ts';
import { batchReadRecords } from './batch-read-records.ts';
import { batchUpdateRecords } from './batch-update-records.ts';
import { createRecord } from './create-record.ts';
import { eraseRecord } from './erase-record.ts';
import { getRecord } from './get-record.ts';
import { listRecords } from './list-records.ts';
import { mergeRecords } from './merge-records.ts';
import { searchRecords } from './search-records.ts';
import { updateRecord } from './update-record.ts';

const changes = { kind: 'write', scopes: toWriteRecords, changes: true } as const satisfies Partial<Route>;

/** CRM records (docs: CRM objects). */
export const objects: RouteFamily = {
  prefixes: { v3: '/crm/v3/objects', '2026-03': '/crm/objects/2026-03', '2026-09': '/crm/objects/2026-09' },
  routes: [
    { method: 'GET', path: '/:objectType', kind: 'list', scopes: toReadRecords, answer: listRecords },
    { ...changes, method: 'POST', path: '/:objectType', answer: createRecord },
    { method: 'POST', path: '/:objectType/search', kind: 'search', scopes: toReadRecords, answer: searchRecords },
    { ...changes, method: 'POST', path: '/:objectType/merge', answer: mergeRecords },
    { ...changes, method: 'POST', path: '/:objectType/gdpr-delete', answer: eraseRecord },
    { method: 'POST', path: '/:objectType/batch/read', kind: 'read', scopes: toReadRecords, answer: batchReadRecords },
    { ...changes, method: 'POST', path: '/:objectType/batch/update', answer: batchUpdateRecords },
    { ...changes, method: 'POST', path: '/:objectType/batch/archive', answer: batchArchiveRecords },
    { method: 'GET', path: '/:objectType/:id', kind: 'read', scopes: toReadRecords, answer: getRecord },
    { ...changes, method: 'PATCH', path: '/:objectType/:id', answer: updateRecord },
    { ...changes, method: 'DELETE', path: '/:objectType/:id', answer: archiveRecord },
  ],
};

import type { RouteFamily } from '../../http/route.ts';
import { toReadRecords, toWriteRecords } from '../scope-rules.ts';
import { batchReadRecords } from './batch-read-records.ts';
import { batchUpdateRecords } from './batch-update-records.ts';
import { getRecord } from './get-record.ts';
import { listRecords } from './list-records.ts';
import { searchRecords } from './search-records.ts';
import { updateRecord } from './update-record.ts';

/** CRM records (docs: CRM objects). */
export const objects: RouteFamily = {
  prefixes: { v3: '/crm/v3/objects', '2026-03': '/crm/objects/2026-03', '2026-09': '/crm/objects/2026-09' },
  routes: [
    { method: 'GET', path: '/:objectType', kind: 'list', scopes: toReadRecords, answer: listRecords },
    { method: 'POST', path: '/:objectType/search', kind: 'search', scopes: toReadRecords, answer: searchRecords },
    { method: 'POST', path: '/:objectType/batch/read', kind: 'read', scopes: toReadRecords, answer: batchReadRecords },
    {
      method: 'POST',
      path: '/:objectType/batch/update',
      kind: 'write',
      scopes: toWriteRecords,
      changes: true,
      answer: batchUpdateRecords,
    },
    { method: 'GET', path: '/:objectType/:id', kind: 'read', scopes: toReadRecords, answer: getRecord },
    {
      method: 'PATCH',
      path: '/:objectType/:id',
      kind: 'write',
      scopes: toWriteRecords,
      changes: true,
      answer: updateRecord,
    },
  ],
};

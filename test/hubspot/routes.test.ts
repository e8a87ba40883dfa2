import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiVersion, destinationOf } from '#hubspot/routes.ts';

test.each([
  ['POST', '/crm/v3/objects/contacts/search', '/crm/objects/2026-09/contacts/search', 'search'],
  ['POST', '/crm/v3/objects/tickets/batch/update', '/crm/objects/2026-09/tickets/batch/update', 'write'],
  ['POST', '/crm/v3/objects/tickets/batch/read', '/crm/objects/2026-09/tickets/batch/read', 'read'],
  ['GET', '/crm/v3/objects/feedback_submissions', '/crm/objects/2026-09/feedback_submissions', 'list'],
  [
    'POST',
    '/crm/v4/associations/tickets/contacts/batch/read',
    '/crm/associations/2026-09/tickets/contacts/batch/read',
    'associations',
  ],
  ['GET', '/crm/v3/properties/contacts/groups', '/crm/properties/2026-09/contacts/groups', 'properties'],
  ['GET', '/crm/v3/owners/', '/crm/owners/2026-09', 'other'],
  ['GET', '/account-info/v3/details', '/account-info/2026-09/details', 'other'],
])('%s %s goes to its dated path', (method, path, dated, kind) => {
  expect(destinationOf(method, path)).toEqual({ path: dated, kind });
});

test('a call that the table does not list is never sent', () => {
  expect(destinationOf('DELETE', '/crm/v3/objects/contacts/1')).toBeUndefined();
  expect(destinationOf('POST', '/crm/v3/objects/contacts/gdpr-delete')).toBeUndefined();
});

test('no other file of the product names a path or a version of HubSpot', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && file !== join('hubspot', 'routes.ts'),
  );
  const literal = new RegExp(
    `['"\`]/(crm|account-info|events|conversations|webhooks|automation)/|['"\`/](v[1-4]|${apiVersion}|202\\d-0[39])/`,
  );
  const without = (source: string): string => source.replace(/^import .*$|https:\/\/\S+|'@hubspot[^']*'/gm, '');
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => literal.test(without(readFileSync(join('src', file), 'utf8'))))).toEqual([]);
});

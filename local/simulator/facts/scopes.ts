import type { ObjectType } from '../../portals/portal.ts';
import type { ApiVersion } from './api-versions.ts';

/** Scopes a call needs: any one of the lists, and of that list every scope. */
export type ScopeRule = readonly (readonly string[])[];

const usual = (object: string, access: 'read' | 'write'): ScopeRule => [[`crm.objects.${object}.${access}`]];

/** Scopes per object (spec: `security` of each operation). Calls share the contact scopes, tickets have a single one. */
const objectScopes: Readonly<Record<ObjectType, { read: ScopeRule; write: ScopeRule }>> = {
  contacts: { read: usual('contacts', 'read'), write: usual('contacts', 'write') },
  companies: { read: usual('companies', 'read'), write: usual('companies', 'write') },
  deals: { read: usual('deals', 'read'), write: usual('deals', 'write') },
  tickets: { read: [['tickets']], write: [['tickets']] },
  feedback_submissions: { read: usual('feedback_submissions', 'read'), write: [] },
  calls: { read: usual('contacts', 'read'), write: usual('contacts', 'write') },
  subscriptions: { read: usual('subscriptions', 'read'), write: usual('subscriptions', 'write') },
};

const feedback = 'crm.objects.feedback_submissions.read';
const contacts = 'crm.objects.contacts.read';

/** Survey answers are reached with either scope on the old paths and need both on 2026-09 (spec). */
const feedbackRead: Readonly<Record<ApiVersion, ScopeRule>> = {
  v3: [[feedback], [contacts]],
  v4: [[feedback], [contacts]],
  '2026-03': [[feedback], [contacts]],
  '2026-09': [[contacts, feedback]],
};

const schemaScopes = (type: ObjectType, access: 'read' | 'write'): ScopeRule =>
  type === 'tickets' ? [['tickets'], [`crm.schemas.tickets.${access}`]] : [[`crm.schemas.${type}.${access}`]];

/** Scopes for reading records of a type. */
export function scopesToReadRecords(type: ObjectType, version: ApiVersion): ScopeRule {
  return type === 'feedback_submissions' ? feedbackRead[version] : objectScopes[type].read;
}

/** Scopes for writing records of a type. */
export function scopesToWriteRecords(type: ObjectType): ScopeRule {
  return objectScopes[type].write;
}

/** Scopes for reading property definitions: those of the schema or of the records. */
export function scopesToReadProperties(type: ObjectType): ScopeRule {
  return [...schemaScopes(type, 'read'), ...objectScopes[type].read];
}

/** Scopes for creating and changing property definitions. */
export function scopesToWriteProperties(type: ObjectType): ScopeRule {
  return schemaScopes(type, 'write');
}

/** Scope of the owners endpoints. */
export const scopesToReadOwners: ScopeRule = [['crm.objects.owners.read']];

/** What any valid token may call. */
export const noScopes: ScopeRule = [[]];

/** True when a token with these scopes may make the call. */
export function satisfies(granted: 'all' | ReadonlySet<string>, rule: ScopeRule): boolean {
  return granted === 'all' || rule.some((all) => all.every((scope) => granted.has(scope)));
}

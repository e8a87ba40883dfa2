import type { Owner } from '../../portals/portal.ts';
import { ownersPerPage } from '../facts/limits.ts';
import { scopesToReadOwners } from '../facts/scopes.ts';
import { type Answer, ok } from '../http/answer.ts';
import { type ApiRequest, archivedParameter, limitParameter } from '../http/api-request.ts';
import { notFound } from '../http/refusals.ts';
import type { RouteFamily, Surroundings } from '../http/route.ts';
import { compareIds, idAfter } from '../state/record-id.ts';

const scopes = () => [scopesToReadOwners];

/** People and queues records are assigned to (docs: Owners guide). */
export const owners: RouteFamily = {
  prefixes: { v3: '/crm/v3/owners', '2026-03': '/crm/owners/2026-03', '2026-09': '/crm/owners/2026-09' },
  routes: [
    { method: 'GET', path: '', kind: 'other', scopes, answer: listOwners },
    { method: 'GET', path: '/:id', kind: 'other', scopes, answer: getOwner },
  ],
};

function listOwners(request: ApiRequest, surroundings: Surroundings): Answer {
  const { query, path } = request;
  const archived = archivedParameter(query);
  const email = query.get('email')?.toLowerCase();
  const after = query.get('after') || '0';
  const limit = limitParameter(query, ownersPerPage);
  const { owners, asOf } = surroundings.portal.definition;
  const matching = owners
    .filter((owner) => owner.archived === archived && (!email || owner.email.toLowerCase() === email))
    .filter((owner) => compareIds(owner.id, after) >= 0)
    .sort((a, b) => compareIds(a.id, b.id));
  const results = matching.slice(0, limit).map((owner) => bodyOf(owner, asOf));
  const last = results.at(-1);
  if (!last || matching.length <= limit) return ok({ results });
  const next = idAfter(last.id);
  return ok({ results, paging: { next: { after: next, link: `${surroundings.url}${path}?after=${next}` } } });
}

function getOwner({ params, query }: ApiRequest, { portal }: Surroundings): Answer {
  const { owners, asOf } = portal.definition;
  const byUser = query.get('idProperty') === 'userId';
  const owner = owners.find(
    (each) => each.archived === archivedParameter(query) && String(byUser ? each.userId : each.id) === params.id,
  );
  if (!owner) throw notFound();
  return ok(bodyOf(owner, asOf));
}

/** `userId` is null once the user is gone, `userIdIncludingInactive` stays (spec). */
function bodyOf(owner: Owner, at: string) {
  const { id, email, type = 'PERSON', firstName, lastName, userId, archived, teams } = owner;
  return {
    id,
    email,
    type,
    firstName,
    lastName,
    userId: archived ? null : userId,
    userIdIncludingInactive: userId,
    createdAt: at,
    updatedAt: at,
    archived,
    ...(teams && { teams }),
  };
}

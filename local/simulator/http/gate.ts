import { type ScopeRule, satisfies } from '../facts/scopes.ts';
import { missingScopes, unauthenticated } from './refusals.ts';

/** Refuses a request without this app's token. */
export function checkToken(authorization: string | undefined, accessToken: string): void {
  if (authorization !== `Bearer ${accessToken}`) throw unauthenticated();
}

/** Refuses a request whose token lacks a scope. */
export function checkScopes(granted: 'all' | ReadonlySet<string>, rules: readonly ScopeRule[]): void {
  const unmet = rules.find((rule) => !satisfies(granted, rule));
  if (unmet) throw missingScopes([...new Set(unmet.flat())], unmet.length === 1 && (unmet[0]?.length ?? 0) > 1);
}

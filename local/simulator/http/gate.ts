import { type ScopeRule, satisfies } from '../facts/scopes.ts';
import { expiredToken, missingScopes, unauthenticated } from './refusals.ts';

/** Which scopes a token carries. */
export type Scopes = 'all' | readonly string[];

/** Who is let in: tokens with the moment each expires at, and what all of them may do. Both change while it runs. */
export class Gate {
  #newest: string;
  readonly #until: Map<string, number>;
  #granted: 'all' | ReadonlySet<string> = 'all';

  constructor(accessToken: string, scopes: Scopes) {
    this.#newest = accessToken;
    this.#until = new Map([[accessToken, Number.POSITIVE_INFINITY]]);
    this.grant(scopes);
  }

  get newest(): string {
    return this.#newest;
  }

  grant(scopes: Scopes): void {
    this.#granted = scopes === 'all' ? scopes : new Set(scopes);
  }

  /** A new token; the one before stays valid until a moment. */
  rotate(token: string, until: number): void {
    this.#until.set(this.#newest, until);
    this.#until.set(token, Number.POSITIVE_INFINITY);
    this.#newest = token;
  }

  /** Refuses a request without a token of this app's that is still valid. */
  checkToken(authorization: string | undefined, now: number): void {
    const until = this.#until.get(/^Bearer (.*)$/.exec(authorization ?? '')?.[1] ?? '');
    if (until === undefined) throw unauthenticated();
    if (now >= until) throw expiredToken(until, now);
  }

  /** Refuses a request whose token lacks a scope. */
  checkScopes(rules: readonly ScopeRule[]): void {
    const unmet = rules.find((rule) => !satisfies(this.#granted, rule));
    if (unmet) throw missingScopes([...new Set(unmet.flat())], unmet.length === 1 && (unmet[0]?.length ?? 0) > 1);
  }
}

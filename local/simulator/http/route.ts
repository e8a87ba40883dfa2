import type { Clock } from '../../../src/pipeline/ports.ts';
import type { Tier } from '../../portals/portal.ts';
import type { ApiVersion } from '../facts/api-versions.ts';
import type { CallKind } from '../facts/call-kinds.ts';
import type { PageSizes } from '../facts/limits.ts';
import type { ScopeRule } from '../facts/scopes.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { SearchMemory } from '../routes/objects/search-memory.ts';
import type { PortalState } from '../state/portal-state.ts';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';

/** What a route may look at besides its request. */
export interface Surroundings {
  readonly portal: PortalState;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly searches: SearchMemory;
  readonly tier: Tier;
  readonly appId: string;
  /** Address that `paging.next.link` starts with. */
  readonly url: string;
  readonly pageSizes: PageSizes;
}

/** One operation of the API. `:name` in the path is a parameter; `in` limits it to some path generations. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly kind: CallKind;
  readonly in?: readonly ApiVersion[];
  /** True for calls that change the account. */
  readonly changes?: true;
  /** Throws the refusal a request meets before its scopes are looked at; answers the scopes it needs. */
  readonly scopes: (request: ApiRequest, surroundings: Surroundings) => readonly ScopeRule[];
  readonly answer: (request: ApiRequest, surroundings: Surroundings) => Answer;
}

/** Operations that share their path prefixes, one prefix per generation. */
export interface RouteFamily {
  readonly prefixes: Readonly<Partial<Record<ApiVersion, string>>>;
  readonly routes: readonly Route[];
}

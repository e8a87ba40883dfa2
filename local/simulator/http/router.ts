import type { ApiVersion } from '../facts/api-versions.ts';
import type { Route, RouteFamily } from './route.ts';

interface CompiledRoute {
  readonly route: Route;
  readonly version: ApiVersion;
  readonly segments: readonly string[];
}

/** A route with what the path says about the request. */
export interface MatchedRoute {
  readonly found: 'route';
  readonly route: Route;
  readonly version: ApiVersion;
  readonly params: Readonly<Record<string, string>>;
}

/** Where a request leads: to a route, to a known path with another method, or nowhere. */
export type Match = MatchedRoute | { readonly found: 'path' | 'nothing' };

/** Finds routes by method and path; a trailing slash makes no difference. Earlier routes win over later ones. */
export function routerFor(families: readonly RouteFamily[]): (method: string, path: string) => Match {
  const compiled = Map.groupBy(families.flatMap(compile), ({ segments }) => segments.length);
  return (method, path) => {
    const segments = split(path);
    let known = false;
    for (const { route, version, segments: pattern } of compiled.get(segments.length) ?? []) {
      const params = match(pattern, segments);
      if (!params) continue;
      if (route.method === method) return { found: 'route', route, version, params };
      known = true;
    }
    return { found: known ? 'path' : 'nothing' };
  };
}

function compile({ prefixes, routes }: RouteFamily): CompiledRoute[] {
  return (Object.entries(prefixes) as [ApiVersion, string][]).flatMap(([version, prefix]) =>
    routes
      .filter((route) => route.in === undefined || route.in.includes(version))
      .map((route) => ({ route, version, segments: split(prefix + route.path) })),
  );
}

function split(path: string): string[] {
  return path.split('/').filter(Boolean);
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const given = segments[index] as string;
    if (expected.startsWith(':')) params[expected.slice(1)] = decode(given);
    else if (expected !== given) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

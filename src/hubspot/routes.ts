/** The version of HubSpot's API that every call goes to; supported until March 2028 (18 months). */
export const apiVersion = '2026-09';

/** What a call does; decides which of HubSpot's budgets it draws on. */
export type CallKind = 'search' | 'list' | 'read' | 'write' | 'associations' | 'properties' | 'other';

/** Where a call really goes: a dated path, and what it does there. */
export interface Destination {
  readonly path: string;
  readonly kind: CallKind;
}

type Method = 'GET' | 'POST' | 'PATCH';
type Route = readonly [method: Method, undated: string, dated: string, kind: CallKind];

/**
 * The only place that knows HubSpot's paths. `@hubspot/api-client` 14 calls the undated ones, which leave support in 2027
 * (https://developers.hubspot.com/changelog/legacy-apis-and-legacy-apps-whats-going-unsupported-and-when);
 * requests it lacks use the same undated names and the same table.
 */
const routes: readonly Route[] = [
  ['POST', '/crm/v3/objects/{type}/search', '/crm/objects/{version}/{type}/search', 'search'],
  ['POST', '/crm/v3/objects/{type}/batch/read', '/crm/objects/{version}/{type}/batch/read', 'read'],
  ['POST', '/crm/v3/objects/{type}/batch/update', '/crm/objects/{version}/{type}/batch/update', 'write'],
  ['GET', '/crm/v3/objects/{type}', '/crm/objects/{version}/{type}', 'list'],
  ['GET', '/crm/v3/objects/{type}/{id}', '/crm/objects/{version}/{type}/{id}', 'read'],
  [
    'POST',
    '/crm/v4/associations/{from}/{to}/batch/read',
    '/crm/associations/{version}/{from}/{to}/batch/read',
    'associations',
  ],
  ['GET', '/crm/v3/properties/{type}', '/crm/properties/{version}/{type}', 'properties'],
  ['POST', '/crm/v3/properties/{type}/batch/create', '/crm/properties/{version}/{type}/batch/create', 'properties'],
  ['GET', '/crm/v3/properties/{type}/groups', '/crm/properties/{version}/{type}/groups', 'properties'],
  ['POST', '/crm/v3/properties/{type}/groups', '/crm/properties/{version}/{type}/groups', 'properties'],
  ['GET', '/crm/v3/pipelines/{type}', '/crm/pipelines/{version}/{type}', 'other'],
  ['GET', '/crm/v3/owners', '/crm/owners/{version}', 'other'],
  ['GET', '/account-info/v3/details', '/account-info/{version}/details', 'other'],
];

/** Undated names of the calls that we make ourselves: those whose answers we read ourselves, and those the generated client lacks. */
export const undated = {
  accountDetails: '/account-info/v3/details',
  pipelines: (type: string) => `/crm/v3/pipelines/${type}`,
  search: (type: string) => `/crm/v3/objects/${type}/search`,
  list: (type: string) => `/crm/v3/objects/${type}`,
  batchRead: (type: string) => `/crm/v3/objects/${type}/batch/read`,
  links: (from: string, to: string) => `/crm/v4/associations/${from}/${to}/batch/read`,
} as const;

const segments = (path: string): string[] => path.split('/').filter((part) => part !== '');
const isSlot = (part: string): boolean => part.startsWith('{');

interface Matcher {
  readonly method: Method;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly kind: CallKind;
}

const matchers: readonly Matcher[] = routes.map(([method, undatedPath, dated, kind]) => ({
  method,
  from: segments(undatedPath),
  to: segments(dated),
  kind,
}));

const matches = (matcher: Matcher, method: string, parts: readonly string[]): boolean =>
  matcher.method === method &&
  matcher.from.length === parts.length &&
  matcher.from.every((part, index) => isSlot(part) || part === parts[index]);

/** The dated path of a call, or undefined for a path that the table does not list: such a call is never sent. */
export function destinationOf(method: string, path: string): Destination | undefined {
  const parts = segments(path);
  const matcher = matchers.find((candidate) => matches(candidate, method, parts));
  if (!matcher) return undefined;
  const slots = new Map(matcher.from.map((part, index) => [part, parts[index] ?? '']));
  const fill = (part: string): string => (part === '{version}' ? apiVersion : (slots.get(part) ?? part));
  return { path: `/${matcher.to.map((part) => (isSlot(part) ? fill(part) : part)).join('/')}`, kind: matcher.kind };
}

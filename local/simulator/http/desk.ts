import { type CallKind, callKinds } from '../facts/call-kinds.ts';
import { longestUrl } from '../facts/limits.ts';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { checkScopes, checkToken } from './gate.ts';
import { methodNotAllowed, notFound, Refusal } from './refusals.ts';
import type { RouteFamily, Surroundings } from './route.ts';
import { type MatchedRoute, routerFor } from './router.ts';

/** A request as it comes over the wire. */
export interface IncomingCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly authorization?: string | undefined;
  readonly bodyText: string;
}

/** A response as it goes over the wire. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A call that succeeded and changed the account. */
export type ChangingCall = Omit<IncomingCall, 'authorization'>;

/** Who may call, and what has been called so far. */
export interface Desk {
  readonly calls: Readonly<Record<CallKind, number>>;
  readonly statuses: Readonly<Record<number, number>>;
  answer(call: IncomingCall): OutgoingAnswer;
  /** Does again what a call did, without token, limits or counting. */
  redo(call: ChangingCall): void;
}

/** What a desk asks of its callers, and whom it tells of changes. */
export interface DeskRules {
  readonly accessToken: string;
  readonly scopes: 'all' | readonly string[];
  readonly onChange: (call: ChangingCall) => void;
}

/** Takes calls in HubSpot's order: token, route, limits, scopes, and only then the work. */
export function openDesk(families: readonly RouteFamily[], surroundings: Surroundings, rules: DeskRules): Desk {
  const { limiter, clock, appId } = surroundings;
  const find = routerFor(families);
  const granted = rules.scopes === 'all' ? rules.scopes : new Set(rules.scopes);
  const calls = Object.fromEntries(callKinds.map((kind) => [kind, 0])) as Record<CallKind, number>;
  const statuses: Record<number, number> = {};
  let answered = 0;

  function answerCall(call: IncomingCall, kindIs: (kind: CallKind) => void): Answer {
    if (call.target.length > longestUrl) throw new Refusal(414, 'URI Too Long');
    checkToken(call.authorization, rules.accessToken);
    const match = find(call.method, pathOf(call));
    const kind = match.found === 'route' ? match.route.kind : 'other';
    kindIs(kind);
    limiter.admit(kind, clock.now(), appId);
    if (match.found !== 'route') throw match.found === 'path' ? methodNotAllowed() : notFound();
    const request = requestOf(call, match);
    checkScopes(granted, match.route.scopes(request, surroundings));
    const answer = match.route.answer(request, surroundings);
    const { method, target, bodyText } = call;
    if (match.route.changes) rules.onChange({ method, target, bodyText });
    return answer;
  }

  return {
    calls,
    statuses,
    answer(call) {
      answered += 1;
      const correlationId = `00000000-0000-4000-8000-${answered.toString(16).padStart(12, '0')}`;
      let kind: CallKind | undefined;
      const { status, body } = refusalsAsAnswers(correlationId, () =>
        answerCall(call, (found) => {
          kind = found;
          calls[found] += 1;
        }),
      );
      statuses[status] = (statuses[status] ?? 0) + 1;
      return {
        status,
        headers: {
          'Content-Type': 'application/json;charset=utf-8',
          'x-hubspot-correlation-id': correlationId,
          ...(kind && limiter.headers(kind, clock.now())),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      };
    },
    redo(call) {
      const match = find(call.method, pathOf(call));
      if (match.found !== 'route') throw new Error(`No route for ${call.method} ${call.target}`);
      match.route.answer(requestOf(call, match), surroundings);
    },
  };
}

function pathOf({ target }: ChangingCall): string {
  return target.split('?', 1)[0] ?? '';
}

function requestOf(call: ChangingCall, { version, params }: MatchedRoute): ApiRequest {
  const path = pathOf(call);
  const query = new URLSearchParams(call.target.slice(path.length + 1));
  return { method: call.method, bodyText: call.bodyText, path, query, version, params };
}

/** A refusal becomes its body; a fault of the simulator itself becomes HubSpot's 500 and is shown to the developer. */
function refusalsAsAnswers(correlationId: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body(correlationId) };
    console.error('The HubSpot simulator failed', error);
    return { status: 500, body: { status: 'error', message: 'internal error', correlationId } };
  }
}

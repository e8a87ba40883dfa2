import { type CallKind, callKinds } from '../facts/call-kinds.ts';
import { longestUrl } from '../facts/limits.ts';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import type { Gate } from './gate.ts';
import { methodNotAllowed, notFound, Refusal } from './refusals.ts';
import type { Route, RouteFamily, Surroundings } from './route.ts';
import { type Match, type MatchedRoute, routerFor } from './router.ts';

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

/** A call whose token and limits have been looked at; the work is still to do. */
export interface Visit {
  /** False for a call that will be refused whatever happens. */
  readonly admitted: boolean;
  readonly kind: CallKind | undefined;
  readonly route: Route | undefined;
  readonly request: ApiRequest | undefined;
  /** Does the work; `alter` has a last look at what comes of it. */
  answer(alter?: (answer: Answer) => Answer): OutgoingAnswer;
  /** Answers without any work. */
  reply(answer: Answer): OutgoingAnswer;
  /** Answers a refusal in HubSpot's form, without any work. */
  refuse(refusal: Refusal): OutgoingAnswer;
}

/** Who may call, and what has been called so far. */
export interface Desk {
  readonly calls: Readonly<Record<CallKind, number>>;
  receive(call: IncomingCall): Visit;
  /** Does again what a call did, without token, limits or counting. */
  redo(call: ChangingCall): void;
}

/** What a desk asks of its callers, and whom it tells of changes. */
export interface DeskRules {
  readonly gate: Gate;
  readonly onChange: (call: ChangingCall) => void;
}

/** Takes calls in HubSpot's order: token, route, limits, scopes, and only then the work. */
export function openDesk(families: readonly RouteFamily[], surroundings: Surroundings, rules: DeskRules): Desk {
  const { limiter, clock, appId } = surroundings;
  const find = routerFor(families);
  const calls = Object.fromEntries(callKinds.map((kind) => [kind, 0])) as Record<CallKind, number>;
  let received = 0;

  /** What is known of a call once it is admitted; a refusal on the way is kept with it. */
  function admit(call: IncomingCall): { kind?: CallKind; match?: Match; refusal?: Refusal } {
    let kind: CallKind | undefined;
    try {
      if (call.target.length > longestUrl) throw new Refusal(414, 'URI Too Long');
      rules.gate.checkToken(call.authorization, clock.now());
      const match = find(call.method, pathOf(call));
      kind = match.found === 'route' ? match.route.kind : 'other';
      calls[kind] += 1;
      limiter.admit(kind, clock.now(), appId);
      return { kind, match };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...(kind && { kind }), refusal: error };
    }
  }

  function work(call: IncomingCall, match: MatchedRoute, request: ApiRequest): Answer {
    rules.gate.checkScopes(match.route.scopes(request, surroundings));
    const answer = match.route.answer(request, surroundings);
    const { method, target, bodyText } = call;
    if (match.route.changes) rules.onChange({ method, target, bodyText });
    return answer;
  }

  return {
    calls,
    receive(call) {
      received += 1;
      const correlationId = `00000000-0000-4000-8000-${received.toString(16).padStart(12, '0')}`;
      const { kind, match, refusal } = admit(call);
      const found = match?.found === 'route' ? match : undefined;
      const request = found && requestOf(call, found);
      const outgoing = ({ status, body, cutShort = false }: Answer): OutgoingAnswer => {
        const text = JSON.stringify(body) as string | undefined;
        return {
          status,
          headers: {
            'Content-Type': 'application/json;charset=utf-8',
            'x-hubspot-correlation-id': correlationId,
            ...(kind && limiter.headers(kind, clock.now())),
          },
          ...(text !== undefined && { body: cutShort ? text.slice(0, text.length / 2) : text }),
        };
      };
      const worked = (alter: (answer: Answer) => Answer): Answer => {
        if (refusal) throw refusal;
        if (!found || !request) throw match?.found === 'path' ? methodNotAllowed() : notFound();
        return alter(work(call, found, request));
      };
      return {
        admitted: !refusal,
        kind,
        route: found?.route,
        request,
        answer: (alter = unaltered) => outgoing(refusalsAsAnswers(correlationId, () => worked(alter))),
        reply: outgoing,
        refuse: (other) => outgoing({ status: other.status, body: other.body(correlationId) }),
      };
    },
    redo(call) {
      const match = find(call.method, pathOf(call));
      if (match.found !== 'route') throw new Error(`No route for ${call.method} ${call.target}`);
      match.route.answer(requestOf(call, match), surroundings);
    },
  };
}

const unaltered = (answer: Answer): Answer => answer;

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

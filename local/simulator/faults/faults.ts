import type { CallKind } from '../facts/call-kinds.ts';
import type { Answer, BatchError } from '../http/answer.ts';
import type { OutgoingAnswer, Visit } from '../http/desk.ts';
import { expiredToken, Refusal } from '../http/refusals.ts';
import type { Surroundings } from '../http/route.ts';
import type { Delivery } from '../http/server.ts';

/**
 * What can befall a call. Names that end in `done` are those after which the work of the call is done all the same;
 * `slow`, `cut body`, `no content type` and `truncated JSON` are of that kind too.
 */
export interface Fault {
  /** Calls it can befall; all of them unless stated. */
  readonly befalls?: (visit: Visit) => boolean;
  /** Milliseconds that pass before the call is over, above its usual response time. */
  readonly delayMs?: number;
  readonly deliver: (visit: Visit, surroundings: Surroundings) => Delivery;
}

const refusal =
  (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Fault['deliver'] =>
  (visit) => {
    const answer = visit.refuse(new Refusal(status, message));
    return { ...answer, headers: { ...answer.headers, ...headers } };
  };

/** A page by a gateway on the way, not by HubSpot. */
const page = (status: number, title: string): OutgoingAnswer => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8' },
  body: `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
});

const gateway = (status: number, title: string): Pick<Fault, 'deliver'> => ({ deliver: () => page(status, title) });

/** The same after the work. */
const done = (fault: Fault): Fault => ({
  ...fault,
  deliver: (visit, surroundings) => {
    visit.answer();
    return fault.deliver(visit, surroundings);
  },
});

const cut: Fault = { deliver: () => ({ status: 0, headers: {}, cut: 'before' }) };
/** Nobody answers, and at last the connection breaks; a client gives up sooner or later. */
const timeOut: Fault = { ...cut, delayMs: 100_000 };
const gatewayTimeout: Fault = { ...gateway(504, 'Gateway Time-out'), delayMs: 30_000 };
/** 100 s is when HubSpot's edge gives up on its own servers (docs: error handling). */
const edgeTimeout: Fault = { ...gateway(524, 'A timeout occurred'), delayMs: 100_000 };

const limitedBy = (
  policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY',
  kinds: (kind: CallKind) => boolean,
): Fault => ({
  befalls: ({ kind }) => kind !== undefined && kinds(kind),
  deliver: (visit, { limiter, appId }) => visit.refuse(limiter.usedUpByOthers(policy, appId)),
});

const isWrite = ({ route }: Visit): boolean => route?.changes === true;
const isBatch = ({ request }: Visit): boolean => request?.path.includes('/batch/') === true;
const isBatchRead = ({ request }: Visit): boolean => request?.path.replace(/\/$/, '').endsWith('/batch/read') === true;

/** 2xx and nothing in it. */
const empty = (visit: Visit, clockMs: number): Answer => {
  const at = new Date(clockMs).toISOString();
  const body = isBatch(visit) ? { status: 'COMPLETE', results: [], startedAt: at, completedAt: at } : {};
  return { status: 200, body };
};

/** The record that a result of a batch read is about, as errors name it. */
const named = (row: unknown): readonly ['ids' | 'fromObjectId', string] => {
  const { id, from } = row as { id?: unknown; from?: { id: unknown } };
  return from ? ['fromObjectId', String(from.id)] : ['ids', String(id)];
};

/** Every other input of a batch read fails (uncertain: HubSpot's words for it are not documented). */
function partly(answer: Answer): Answer {
  const { results = [], errors = [] } = answer.body as { results?: unknown[]; errors?: BatchError[] };
  const failed = results.filter((_, index) => index % 2 === 0).map(named);
  const [first] = failed;
  if (answer.status >= 300 || !first) return answer;
  const context = { [first[0]]: failed.map(([, id]) => id) };
  const failure = { status: 'error', category: 'INTERNAL_ERROR', message: 'internal error', context };
  return {
    status: 207,
    body: {
      ...(answer.body as object),
      results: results.filter((_, index) => index % 2 === 1),
      numErrors: errors.length + 1,
      errors: [...errors, failure],
    },
  };
}

/** The faults by name (docs: error handling; hangs, cuts and empty answers as integrators report them). */
export const faults = {
  '429 TEN_SECONDLY_ROLLING': limitedBy('TEN_SECONDLY_ROLLING', (kind) => kind !== 'search'),
  '429 SECONDLY': limitedBy('SECONDLY', (kind) => kind === 'search'),
  '429 DAILY': limitedBy('DAILY', () => true),
  '401': { deliver: (visit, { clock }) => visit.refuse(expiredToken(clock.now(), clock.now())) },
  '423': { deliver: refusal(423, 'The resource is locked by another operation.') },
  '477': { deliver: refusal(477, 'Migration in progress', { 'Retry-After': '20' }) },
  '500': { deliver: refusal(500, 'internal error') },
  '500 done': done({ deliver: refusal(500, 'internal error') }),
  '502': gateway(502, 'Bad Gateway'),
  '502 done': done(gateway(502, 'Bad Gateway')),
  '503': { deliver: refusal(503, 'Service Unavailable') },
  '504': gatewayTimeout,
  '504 done': done(gatewayTimeout),
  '524': edgeTimeout,
  '524 done': done(edgeTimeout),
  'time-out': timeOut,
  'time-out done': done(timeOut),
  cut,
  'cut done': done(cut),
  'cut body': { deliver: (visit) => ({ ...visit.answer(), cut: 'within' }) },
  'no content type': {
    deliver: (visit) => {
      const answer = visit.answer();
      return {
        ...answer,
        headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== 'Content-Type')),
      };
    },
  },
  HTML: gateway(200, 'Just a moment'),
  'HTML done': done(gateway(200, 'Just a moment')),
  'truncated JSON': { deliver: (visit) => visit.answer((answer) => ({ ...answer, cutShort: true })) },
  '207': { befalls: isBatchRead, deliver: (visit) => visit.answer(partly) },
  nothing: { deliver: (visit, { clock }) => visit.reply(empty(visit, clock.now())) },
  'nothing done': {
    befalls: isWrite,
    deliver: (visit, { clock }) => visit.answer(() => empty(visit, clock.now())),
  },
  slow: { delayMs: 10_000, deliver: (visit) => visit.answer() },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

import { holdBack } from '../../pending-calls.ts';
import { callIdentities } from '../chance.ts';
import type { Corruptor } from '../faults/corruption.ts';
import type { Injector } from '../faults/injector.ts';
import type { Desk, IncomingCall, Visit } from './desk.ts';
import { dueOrder } from './due-order.ts';
import type { Surroundings } from './route.ts';
import type { Connection, Delivery } from './server.ts';

/** How long answers take, in milliseconds from and to, and the seed that decides where in between. */
export interface ResponseTimes {
  readonly latencyMs: readonly [from: number, to: number] | undefined;
  readonly seed: number;
}

/** What stands between the wire and the desk. */
export interface Reception {
  /** Answers sent so far, by status. */
  readonly statuses: Readonly<Record<number, number>>;
  receive(call: IncomingCall, from: Connection): Promise<Delivery>;
}

/**
 * Takes calls in, lets faults befall them and answers in due time. With response times the calls of one moment are taken
 * in an order of their own, so that a run does not depend on the network: limits count a call when it arrives, its work
 * is done at some moment before its answer.
 */
export function openReception(
  desk: Desk,
  surroundings: Surroundings,
  { latencyMs, seed }: ResponseTimes,
  { injector, corruptor }: { injector: Injector; corruptor: Corruptor },
): Reception {
  const { clock } = surroundings;
  const until = dueOrder(clock);
  const identify = callIdentities();
  const statuses: Record<number, number> = {};
  const [least, most] = latencyMs ?? [0, 0];

  return {
    statuses,
    receive: async (call, from) => {
      const identity = identify(call);
      const wait = (at: number): Promise<void> => holdBack(from, () => until(at, identity.key));
      if (latencyMs) await wait(clock.now());
      const arrived = clock.now();
      const visit = readable(desk.receive(call), corruptor);
      const fault = injector.faultFor(visit, identity, call.target);
      const usual = least + Math.floor(identity.unit(seed, 'response time') * (most - least + 1));
      const ms = usual + (fault?.delayMs ?? 0);
      const working = Math.floor(identity.unit(seed, 'work') * ms);
      if (ms > 0) await wait(arrived + working);
      const delivery: Delivery = fault ? fault.deliver(visit, surroundings) : visit.answer();
      if (ms > 0) await wait(arrived + ms);
      if (delivery.cut !== 'before') statuses[delivery.status] = (statuses[delivery.status] ?? 0) + 1;
      return delivery;
    },
  };
}

/** A visit whose answer shows spoiled records as they are. */
function readable(visit: Visit, corruptor: Corruptor): Visit {
  const { request } = visit;
  if (!request) return visit;
  return {
    ...visit,
    answer: (alter = (answer) => answer) => visit.answer((answer) => alter(corruptor.spoil(request, answer))),
  };
}

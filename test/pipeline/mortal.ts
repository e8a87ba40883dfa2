import type { Connector } from '#pipeline/connector.ts';
import type { Crm, Store } from '#pipeline/ports.ts';

/** The end of a process: everything it still tries fails. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** When to die: at the call of this number, the first being 1; `halfway` does the first half of a list before. */
export interface Death {
  readonly at: number;
  readonly halfway: boolean;
}

type Method = (...args: readonly unknown[]) => unknown;

/** Of the Crm, what calls nobody. */
const offline: ReadonlySet<string> = new Set([
  'linksPerCall',
  'reading',
  'describeOutputs',
  'sameOutput',
  'calls',
  'allowance',
  'capacity',
  'linkedKinds',
] satisfies (keyof Crm)[]);
/** Of the Store, what answers piece by piece. */
const streams: ReadonlySet<string> = new Set([
  'customers',
  'pendingWrites',
  'receipts',
  'refusals',
  'quarantined',
  'allDepartures',
  'deadLetters',
] satisfies (keyof Store)[]);

/** A change of an empty list. */
const nothing = 'nothing';
const isNothing = (args: readonly unknown[]): boolean => {
  const lists = args.filter(Array.isArray);
  return lists.length > 0 && lists.every((list) => list.length === 0);
};

/** What changes nothing: to die before it is to have died after the change before. */
const reads: ReadonlySet<string> = new Set([
  ...streams,
  nothing,
  'account',
  'undefinedProperties',
  'recordsAfter',
  'linksOf',
  'readState',
  'readStates',
  'readRecords',
  'readLease',
  'standings',
  'departures',
  'notedIds',
  'countNoted',
  'countRecords',
  'factsOfDay',
  'dirtyDays',
  'dirtyCustomers',
  'contributions',
  'daysWithFacts',
]);

/** Deaths among these calls: one at each change as it first follows another, every second one in the midst of it. */
export function deathsAmong(calls: readonly string[]): Death[] {
  const changes = calls.flatMap((name, index) => (reads.has(name) ? [] : [{ name, at: index + 1 }]));
  const turns = new Map<string, number>();
  for (const [index, { name, at }] of changes.entries()) {
    const turn = `${changes[index - 1]?.name} ${name}`;
    if (!turns.has(turn)) turns.set(turn, at);
  }
  return [...turns.values()].map((at, index) => ({ at, halfway: index % 2 === 1 }));
}

/** The first half of each list among the arguments. */
const halved = (args: readonly unknown[]): unknown[] =>
  args.map((each) => (Array.isArray(each) ? each.slice(0, each.length >> 1) : each));

/** A connector whose process dies at its n-th call of the store or of HubSpot. */
export function mortal(connector: Connector, { at, halfway }: Death) {
  const inFlight = new Set<Promise<unknown>>();
  const calls: string[] = [];

  /** Lets a call through, or dies. */
  const step = async (name: string, method: Method, args: readonly unknown[]): Promise<unknown> => {
    calls.push(isNothing(args) ? nothing : name);
    if (calls.length === at && halfway && args.some(Array.isArray)) await method(...halved(args));
    if (calls.length >= at) throw new Died(`The process died at call ${at}`);
    return method(...args);
  };

  const wrapped = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name: string) => {
        const method = Reflect.get(target, name) as Method;
        if (offline.has(name)) return method;
        if (streams.has(name))
          return async function* (...args: unknown[]) {
            yield* (await step(name, method, args)) as AsyncIterable<unknown>;
          };
        return (...args: unknown[]) => {
          const call = step(name, method, args);
          const done = call.catch(() => {}).finally(() => inFlight.delete(done));
          inFlight.add(done);
          return call;
        };
      },
    });

  return {
    connector: { ...connector, crm: wrapped(connector.crm), store: wrapped(connector.store) },
    /** The methods called so far, in order. */
    calls: calls as readonly string[],
    /** Resolves once the last request that was under way has arrived. */
    buried: async () => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

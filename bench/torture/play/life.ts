import type { Crm, Store } from '#pipeline/ports.ts';
import type { Crash } from '../plan/plan.ts';

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
export const streams: ReadonlySet<string> = new Set([
  'allDepartures',
  'quarantined',
  'deadLetters',
  'customers',
  'pendingWrites',
  'receipts',
  'refusals',
] satisfies (keyof Store)[]);

/** The first half of each list among the arguments. */
const halved = (args: readonly unknown[]): unknown[] =>
  args.map((each) => (Array.isArray(each) ? each.slice(0, each.length >> 1) : each));

const never = new Promise<never>(() => {});

/**
 * The life of one process of ours. At the step of its end, and at every one after it, nothing goes on: who called waits for
 * ever, as code does that is no more. What was on its way arrives, as it would.
 */
export class Life {
  /** Resolves when the process dies. */
  readonly death: Promise<'died'>;
  readonly #end: Pick<Crash, 'step' | 'halfway'> | undefined;
  #tellOfDeath: () => void = () => {};
  #isOver = false;
  #steps = 0;

  constructor(end?: Pick<Crash, 'step' | 'halfway'>) {
    this.#end = end;
    this.death = new Promise((die) => {
      this.#tellOfDeath = () => die('died');
    });
  }

  /** Ends it now, wherever it is. */
  end(): void {
    this.#isOver = true;
    this.#tellOfDeath();
  }

  /** The same store or Crm as long as the process lives. */
  within<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name: string) => {
        const method = Reflect.get(target, name) as Method;
        if (offline.has(name)) return method;
        const { step } = this;
        const call = async (args: unknown[]): Promise<unknown> => {
          await step(() => method(...halved(args)));
          return method(...args);
        };
        if (!streams.has(name)) return (...args: unknown[]) => call(args);
        return async function* (...args: unknown[]) {
          yield* (await call(args)) as AsyncIterable<unknown>;
        };
      },
    });
  }

  /** One step; dies where it is time to, having done `half` if that is how it ends. */
  readonly step = async (half: () => unknown = () => {}): Promise<void> => {
    this.#steps += 1;
    if (!this.#isOver && this.#steps === this.#end?.step) {
      if (this.#end.halfway) Promise.resolve(half()).catch(() => {});
      this.end();
    }
    if (this.#isOver) await never;
  };
}

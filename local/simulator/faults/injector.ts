import type { CallIdentity } from '../chance.ts';
import type { Visit } from '../http/desk.ts';
import type { FaultEntry, FaultPlan } from './fault-plan.ts';
import { type Fault, type FaultName, faults } from './faults.ts';

/** Decides which calls meet a fault. */
export interface Injector {
  /** Faults so far, by name. */
  readonly injected: Partial<Readonly<Record<FaultName, number>>>;
  faultFor(visit: Visit, identity: CallIdentity, target: string): Fault | undefined;
  /** No more faults from now on. */
  calm(): void;
}

/** Follows a plan: what is listed goes before chance, and a call meets one fault at most. */
export function faultInjector({ entries = [], seed = 0, rates = {} }: FaultPlan): Injector {
  let calm = false;
  const met = entries.map(() => 0);
  const injected: Partial<Record<FaultName, number>> = {};
  const upTo = partsOfOne(Object.entries(rates) as [FaultName, number][]);

  /** The first entry whose turn it is; every entry counts the call. */
  const listed = (visit: Visit, target: string): FaultName | undefined => {
    let found: FaultName | undefined;
    for (const [index, entry] of entries.entries()) {
      if (!fits(entry, visit, target)) continue;
      const nth = (met[index] ?? 0) + 1;
      met[index] = nth;
      const first = entry.on?.nth ?? 1;
      if (nth >= first && nth < first + (entry.times ?? 1)) found ??= entry.fault;
    }
    return found;
  };

  /** A fault that cannot befall this call stays without effect. */
  const byChance = (visit: Visit, identity: CallIdentity): FaultName | undefined => {
    const drawn = upTo(identity.unit(seed, 'fault'));
    return drawn && befalls(drawn, visit) ? drawn : undefined;
  };

  return {
    injected,
    faultFor: (visit, identity, target) => {
      if (calm || !visit.admitted) return undefined;
      const name = listed(visit, target) ?? byChance(visit, identity);
      if (name === undefined) return undefined;
      injected[name] = (injected[name] ?? 0) + 1;
      return faults[name];
    },
    calm: () => {
      calm = true;
    },
  };
}

/** Each fault owns a part of [0, 1) as large as its rate. */
function partsOfOne(rates: readonly [FaultName, number][]): (unit: number) => FaultName | undefined {
  let end = 0;
  const parts = rates.map(([name, rate]) => {
    end += rate;
    return { name, end };
  });
  return (unit) => parts.find((part) => unit < part.end)?.name;
}

const befalls = (name: FaultName, visit: Visit): boolean => (faults[name] as Fault).befalls?.(visit) ?? true;

function fits({ fault, on = {} }: FaultEntry, visit: Visit, target: string): boolean {
  const { kind, method, path, body } = on;
  return (
    (kind === undefined || kind === visit.kind) &&
    (method === undefined || method === visit.request?.method) &&
    (path === undefined || target.includes(path)) &&
    (body === undefined || visit.request?.bodyText.includes(body) === true) &&
    befalls(fault, visit)
  );
}

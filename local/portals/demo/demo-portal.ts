/** The demo portal: an invented company's HubSpot account, made from a seed. */
import type { Portal } from '../portal.ts';
import { asOf, futureEnd, iso } from './calendar.ts';
import type { Scene, World } from './customer.ts';
import { createCustomer, createLeads } from './customers.ts';
import { demoDefinition } from './definition.ts';
import { fold } from './fold.ts';
import { Ledger } from './ledger.ts';
import { type Life, tellLife } from './life.ts';
import { rates } from './rates.ts';

export interface DemoOptions {
  /** Another seed, another portal of the same kind. Default 1. */
  readonly seed?: number;
  /** Size: 1 is about 2,000 contacts. Default 1. */
  readonly scale?: number;
  /** `null`: nobody leaves or buys because of an experience. Default `real`. */
  readonly world?: World;
}

/** What the portal does not say. */
export interface DemoTruth {
  /** Everybody who leaves, before and after `asOf`; sorted by time. */
  readonly leaves: readonly { readonly type: 'contacts' | 'companies'; readonly id: string; readonly at: string }[];
  /** Everybody who was a customer at some time, with hidden satisfaction at `asOf` of those who were one then. */
  readonly customers: readonly {
    readonly type: 'contacts' | 'companies';
    readonly id: string;
    readonly since: string;
    readonly until: string | null;
    readonly satisfaction: number | null;
  }[];
}

/** Makes the portal at `asOf`, the half year after it, and the truth behind both. The same options, the same portal. */
export function demoPortal(options: DemoOptions = {}): { portal: Portal; truth: DemoTruth } {
  const { seed = 1, scale = 1, world = 'real' } = options;
  const scene: Scene = { ledger: new Ledger(), world, seed };
  const lives: Life[] = [];
  for (const [kind, count] of [
    ['company', rates.companyCustomers],
    ['person', rates.personCustomers],
  ] as const) {
    for (let n = 0; n < Math.round(count * scale); n += 1) {
      const neighbour = lives.at(-1)?.customer.company ?? null;
      lives.push(tellLife(scene, createCustomer(scene, kind, n, neighbour)));
    }
  }
  createLeads(scene, scale);
  const { records, future, idOf } = fold(scene.ledger, futureEnd);
  const portal: Portal = { definition: demoDefinition({ seed, scale, world }), records, future };
  return { portal, truth: truthOf(lives, idOf) };
}

function truthOf(lives: readonly Life[], idOf: (draft: Life['customer']['unit']) => string): DemoTruth {
  const customers = lives.map(({ customer, until, satisfaction }) => {
    const there = customer.since < asOf && (until === null || until >= asOf);
    const level = there ? satisfaction.findLast(({ at }) => at < asOf)?.level : undefined;
    return {
      type: customer.unit.type as 'contacts' | 'companies',
      id: idOf(customer.unit),
      since: iso(customer.since),
      until: until === null ? null : iso(until),
      satisfaction: level ?? null,
    };
  });
  const leaves = customers
    .flatMap(({ type, id, until }) => (until === null ? [] : [{ type, id, at: until }]))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { leaves, customers };
}

/** Who the demo's customers and leads are, and when they came. */
import { asOf, day, futureEnd, windowStart } from './calendar.ts';
import type { Customer, CustomerKind, Locale, Scene } from './customer.ts';
import type { Draft } from './ledger.ts';
import { successManagers } from './owners.ts';
import { createCompany, createContact, type Newcomer } from './people.ts';
import { type Random, randomStream } from './random.ts';
import { rates } from './rates.ts';
import { products } from './words/products.ts';

/** Creates the records of customer `number` of a kind; what it lives through is told elsewhere. */
export function createCustomer(scene: Scene, kind: CustomerKind, number: number, neighbour: Draft | null): Customer {
  const stream = (purpose: string) => randomStream(scene.seed, `${kind} ${purpose}`, number);
  const random = stream('records');
  const since = beginning(random);
  const at = since - random.integer(10, 120) * day - random.integer(0, day);
  const locale = random.weighted<Locale>(rates.locales);
  const ownerId = random.pick(successManagers);
  const newcomer = { at, locale, ownerId };
  const company = kind === 'company' ? createCompany(scene.ledger, random, number, newcomer) : null;
  const contacts = company
    ? createStaff(scene, random, number, newcomer, { company, neighbour, since })
    : [createContact(scene.ledger, random, number, newcomer)];
  return {
    kind,
    locale,
    since,
    unit: company ?? (contacts[0] as Draft),
    company,
    contacts,
    ownerId,
    hasTerm: kind === 'company' || random.chance(0.6),
    yearly: random.logNormal(rates.deals[kind], rates.deals.amountSpread),
    products: Object.entries(products)
      .filter(([, { firstOrder }]) => random.chance(firstOrder))
      .map(([value]) => value),
    random: stream,
  };
}

/** Contacts of a company, all there before it becomes a customer; one or another also works for its neighbour. */
function createStaff(
  scene: Scene,
  random: Random,
  number: number,
  newcomer: Newcomer,
  { company, neighbour, since }: { company: Draft; neighbour: Draft | null; since: number },
): Draft[] {
  const count = random.integer(1, rates.maxContactsPerCompany);
  return Array.from({ length: count }, (_, n) => {
    const at = n === 0 ? newcomer.at + 1_000 : Math.round(random.between(newcomer.at + 1_000, since - 1_000));
    const second = random.chance(rates.untidy.twoCompanies) && neighbour && neighbour.createdAt < at ? [neighbour] : [];
    return createContact(scene.ledger, random, 100_000 + number * 10 + n, { ...newcomer, at }, [company, ...second]);
  });
}

function beginning(random: Random): number {
  const present = random.chance(rates.presentAtStart);
  const before = windowStart - random.integer(30, 1_100) * day - random.integer(0, day);
  const within = Math.round(random.between(windowStart, futureEnd));
  return present ? before : within;
}

/** Contacts and companies that never bought; a few of the contacts were deleted. */
export function createLeads(scene: Scene, scale: number): void {
  for (let n = 0; n < Math.round(rates.prospectCompanies * scale); n += 1) {
    const random = randomStream(scene.seed, 'prospect', n);
    const newcomer = leadNewcomer(random);
    const company = createCompany(scene.ledger, random, 1_000_000 + n, newcomer);
    createContact(scene.ledger, random, 2_000_000 + n, { ...newcomer, at: newcomer.at + 60_000 }, [company]);
  }
  for (let n = 0; n < Math.round(rates.leads * scale); n += 1) {
    const random = randomStream(scene.seed, 'lead', n);
    const newcomer = leadNewcomer(random);
    const lead = createContact(scene.ledger, random, 3_000_000 + n, newcomer);
    scene.ledger.update(lead, newcomer.at, { hs_lead_status: random.chance(0.7) ? 'OPEN' : null });
    if (random.chance(0.3))
      scene.ledger.update(lead, newcomer.at + random.integer(1, 40) * day, { lifecyclestage: 'opportunity' });
    if (random.chance(rates.untidy.archivedLeads))
      scene.ledger.archive(lead, newcomer.at + random.integer(41, 300) * day);
  }
}

function leadNewcomer(random: Random): Newcomer {
  const at = Math.round(random.between(windowStart, random.chance(0.85) ? asOf : futureEnd));
  return { at, locale: random.weighted<Locale>(rates.locales), ownerId: random.pick(successManagers) };
}

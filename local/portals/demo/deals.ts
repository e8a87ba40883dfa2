/** Deals: the first contract, its renewals, and offers of further products. */
import { day, futureEnd, iso, isoDate, year } from './calendar.ts';
import { type Customer, type Scene, type Stretch, shifted } from './customer.ts';
import type { Draft, Values } from './ledger.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';
import { products } from './words/products.ts';

const d = rates.deals;

/** Home currency units of one unit of another currency; fixed, since the demo's history is. */
const exchange = { USD: 0.9, CNY: 0.13, GBP: 1.15 } as const;
type Product = keyof typeof products;

/** An offer of one more product, to be settled once it is known whether the customer stayed. */
export interface Offer {
  readonly at: number;
  readonly decidedAt: number;
  readonly product: Product;
  readonly accepted: boolean;
}

interface DealPlan {
  readonly name: string;
  readonly dealtype: 'newbusiness' | 'existingbusiness';
  readonly createdAt: number;
  readonly expectedAt: number;
  readonly closedAt: number;
  readonly won: boolean;
  readonly amount: number;
}

/** The deal that made it a customer. */
export function tellFirstDeal(scene: Scene, customer: Customer): void {
  const random = customer.random('first deal');
  const createdAt = customer.since - random.integer(5, 60) * day;
  const from = latestCreation(customer);
  tellDeal(scene, customer, random, {
    name: 'New business',
    dealtype: 'newbusiness',
    createdAt: Math.max(createdAt, from),
    expectedAt: customer.since + random.integer(-10, 10) * day,
    closedAt: customer.since,
    won: true,
    amount: customer.yearly,
  });
}

/** Yearly renewals; won if the customer was still there, lost when it left while one was open. */
export function tellRenewals(scene: Scene, customer: Customer, until: number | null): void {
  const random = customer.random('renewals');
  for (let date = customer.since + year; date < futureEnd + 60 * day; date += year) {
    const createdAt = date - 45 * day;
    if (until !== null && until <= createdAt) return;
    const left = until !== null && until < date;
    const closedAt = left ? until : date;
    tellDeal(scene, customer, random, {
      name: 'Renewal',
      dealtype: 'existingbusiness',
      createdAt,
      expectedAt: date,
      closedAt,
      won: !left,
      amount: customer.yearly * random.between(0.98, 1.06),
    });
    if (left) return;
    scene.ledger.update(customer.unit, date, { contract_renewal_date: isoDate(date + year) });
  }
}

/** Perhaps an offer in this stretch. Whether it is accepted hangs on satisfaction, except in the null world. */
export function perhapsOffer(scene: Scene, stretch: Stretch, random: Random): Offer | null {
  const offered = random.chance(d.offer);
  const at = Math.round(random.between(stretch.start, stretch.start + 7 * day));
  const product = random.pick((Object.keys(products) as Product[]).slice(1));
  const chance = scene.world === 'null' ? d.wonInNullWorld : shifted(d.won, d.wonSatisfaction * stretch.satisfaction);
  const accepted = random.chance(chance);
  const decidedAt = at + random.integer(6, 50) * day;
  return offered && at < stretch.end ? { at, decidedAt, product, accepted } : null;
}

/** Settles offers in the order of their decisions: nobody buys a product twice, and leaving ends what is open. */
export function tellOffers(scene: Scene, customer: Customer, offers: readonly Offer[], until: number | null): void {
  const random = customer.random('offers');
  for (const offer of [...offers].sort((a, b) => a.decidedAt - b.decidedAt)) {
    if (customer.products.includes(offer.product)) continue;
    const left = until !== null && until < offer.decidedAt;
    const won = offer.accepted && !left;
    const closedAt = left ? until : offer.decidedAt;
    tellDeal(scene, customer, random, {
      name: `Expansion ${products[offer.product].label}`,
      dealtype: 'existingbusiness',
      createdAt: offer.at,
      expectedAt: offer.at + 30 * day,
      closedAt,
      won,
      amount: customer.yearly * random.between(0.15, 0.45),
    });
    if (!won) continue;
    customer.products.push(offer.product);
    scene.ledger.update(customer.unit, closedAt, { products_owned: customer.products.join(';') });
  }
}

function tellDeal(scene: Scene, customer: Customer, random: Random, plan: DealPlan): void {
  const { name, dealtype, createdAt, expectedAt, closedAt, won } = plan;
  const links = [...customer.contacts.slice(0, 1), customer.company].filter((draft): draft is Draft => draft !== null);
  const deal = scene.ledger.create(
    'deals',
    createdAt,
    {
      dealname: name,
      dealtype,
      pipeline: 'default',
      dealstage: 'qualifiedtobuy',
      closedate: iso(expectedAt),
      hubspot_owner_id: customer.ownerId,
      createdate: iso(createdAt),
      hs_is_closed: false,
      hs_is_closed_won: false,
      ...money(random, plan.amount),
    },
    links,
  );
  scene.ledger.update(deal, Math.round((createdAt + closedAt) / 2), { dealstage: 'contractsent' });
  const reason = random.pick(['price', 'no_budget', 'competitor', 'no_need']);
  scene.ledger.update(deal, closedAt, {
    dealstage: won ? 'closedwon' : 'closedlost',
    closedate: iso(closedAt),
    hs_is_closed: true,
    hs_is_closed_won: won,
    ...(!won && random.chance(0.6) && { closed_lost_reason: reason }),
  });
}

/** The amount in the deal's currency and, mostly, in the home currency. */
function money(random: Random, euro: number): Values {
  if (random.chance(0.02)) return { amount: null, amount_in_home_currency: null, deal_currency_code: 'EUR' };
  if (!random.chance(d.foreign))
    return { amount: euro.toFixed(2), amount_in_home_currency: euro.toFixed(2), deal_currency_code: 'EUR' };
  const currency = random.pick(['USD', 'CNY', 'GBP'] as const);
  const home = random.chance(d.foreignWithoutHome) ? null : euro.toFixed(2);
  return {
    amount: (euro / exchange[currency]).toFixed(2),
    amount_in_home_currency: home,
    deal_currency_code: currency,
  };
}

/** Nothing is told of a customer before its records exist. */
const latestCreation = (customer: Customer): number =>
  Math.max(customer.unit.createdAt, customer.contacts[0]?.createdAt ?? 0);

/** A customer's life in the demo portal, week by week, until it leaves or the demo ends. */

import { tellNpsAnswers } from './answers.ts';
import { futureEnd, iso, isoDate, week, windowStart, year } from './calendar.ts';
import { tellCalls } from './calls.ts';
import type { Customer, Scene, Stretch } from './customer.ts';
import { type Offer, perhapsOffer, tellFirstDeal, tellOffers, tellRenewals } from './deals.ts';
import { HiddenPath } from './hidden-path.ts';
import { rates } from './rates.ts';
import { Subscription } from './subscriptions.ts';
import { tellTickets } from './tickets.ts';
import { UsageReport } from './usage.ts';

/** What is known about a customer afterwards. */
export interface Life {
  readonly customer: Customer;
  /** When it left; null if it stayed to the end of the demo. */
  readonly until: number | null;
  /** Hidden satisfaction at the start of each told week, with the moment. */
  readonly satisfaction: readonly { readonly at: number; readonly level: number }[];
}

/** Tells everything of one customer. */
export function tellLife(scene: Scene, customer: Customer): Life {
  const start = Math.max(windowStart, customer.since);
  const path = new HiddenPath(customer.random('path'), (start - customer.since) / week);
  const chance = Object.fromEntries(
    ['leaving', 'tickets', 'nps', 'calls', 'offers'].map((purpose) => [purpose, customer.random(purpose)]),
  ) as Record<'leaving' | 'tickets' | 'nps' | 'calls' | 'offers', ReturnType<Customer['random']>>;
  tellBeginning(scene, customer);
  const usage = new UsageReport(customer);
  const subscription = new Subscription(scene, customer, start);
  const satisfaction: { at: number; level: number }[] = [];
  const offers: Offer[] = [];
  let until: number | null = null;
  for (let weekStart = start; weekStart < futureEnd && until === null; weekStart += week) {
    path.step(weekStart);
    satisfaction.push({ at: weekStart, level: path.satisfaction });
    usage.tell(scene, customer, path, satisfaction.length, weekStart);
    until = leavesInWeek(scene, path, chance.leaving, weekStart);
    const stretch: Stretch = { start: weekStart, end: until ?? weekStart + week, satisfaction: path.satisfaction };
    tellTickets(scene, customer, stretch, chance.tickets, path);
    tellNpsAnswers(scene, customer, stretch, chance.nps);
    tellCalls(scene, customer, stretch, chance.calls);
    subscription.tell(stretch);
    const offer = perhapsOffer(scene, stretch, chance.offers);
    if (offer) offers.push(offer);
  }
  if (customer.hasTerm) tellRenewals(scene, customer, until);
  tellOffers(scene, customer, offers, until);
  if (until !== null) {
    scene.ledger.update(customer.unit, until, { customer_until: iso(until) });
    subscription.cancel(until);
  }
  return { customer, until, satisfaction };
}

function tellBeginning(scene: Scene, customer: Customer): void {
  const { ledger } = scene;
  tellFirstDeal(scene, customer);
  ledger.update(customer.unit, customer.since, {
    customer_since: iso(customer.since),
    products_owned: customer.products.join(';'),
    ...(customer.hasTerm && { contract_renewal_date: isoDate(customer.since + year) }),
  });
  const records = [customer.company, ...customer.contacts].filter((draft) => draft !== null);
  for (const record of records) ledger.update(record, customer.since, { lifecyclestage: 'customer' });
}

/** When in this week the customer leaves, or null. */
function leavesInWeek(
  scene: Scene,
  path: HiddenPath,
  random: ReturnType<Customer['random']>,
  weekStart: number,
): number | null {
  const drawn = random.unit();
  const at = Math.round(weekStart + random.unit() * week);
  const chance = scene.world === 'null' ? rates.leaving.weeklyInNullWorld : path.weeklyLeaving();
  return drawn < chance ? at : null;
}

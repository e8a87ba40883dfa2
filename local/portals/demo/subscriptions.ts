/** The running subscription of a customer and its due payments. */
import { day, iso } from './calendar.ts';
import { type Customer, type Scene, type Stretch, shifted } from './customer.ts';
import type { Draft } from './ledger.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';

const p = rates.payments;

/** HubSpot's billing frequencies used here, in days. */
const periods = { monthly: 30, quarterly: 91, annually: 365 } as const;

const frequencies = {
  person: { monthly: 6, quarterly: 0, annually: 2 },
  company: { monthly: 2, quarterly: 3, annually: 3 },
} as const;

/** One subscription; some payments come late, more often from the dissatisfied. */
export class Subscription {
  readonly #scene: Scene;
  readonly #random: Random;
  readonly #draft: Draft;
  readonly #period: number;
  #due: number;

  constructor(scene: Scene, customer: Customer, told: number) {
    this.#scene = scene;
    this.#random = customer.random('subscription');
    const frequency = this.#random.weighted(frequencies[customer.kind]);
    this.#period = periods[frequency] * day;
    const payment = ((customer.yearly * periods[frequency]) / 365).toFixed(2);
    this.#due =
      customer.since +
      Math.ceil((told - customer.since) / this.#period) * this.#period +
      (told > customer.since ? 0 : this.#period);
    const links = [...customer.contacts.slice(0, 1), customer.company].filter(
      (draft): draft is Draft => draft !== null,
    );
    this.#draft = scene.ledger.create(
      'subscriptions',
      customer.since,
      {
        hs_name: 'Subscription',
        hs_status: 'active',
        hs_recurring_billing_start_date: iso(customer.since),
        hs_recurring_billing_frequency: frequency,
        hs_last_payment_amount: payment,
        hs_next_payment_amount: payment,
        hs_next_payment_due_date: iso(this.#due),
        hs_currency_code: 'EUR',
        hs_createdate: iso(customer.since),
      },
      links,
    );
  }

  /** Payments that fall due in this stretch. */
  tell(stretch: Stretch): void {
    if (this.#due >= stretch.end) return;
    const late = this.#random.chance(shifted(p.late, p.lateSatisfaction * stretch.satisfaction));
    const paidAt = this.#due + (late ? this.#random.integer(4, 20) * day : 0);
    if (late) this.#scene.ledger.update(this.#draft, this.#due + day, { hs_status: 'past_due' });
    this.#due += this.#period;
    this.#scene.ledger.update(this.#draft, paidAt, {
      hs_status: 'active',
      hs_next_payment_due_date: iso(this.#due),
    });
  }

  /** The customer left: nothing is due any more, whatever was still planned. */
  cancel(at: number): void {
    const kept = this.#draft.changes.filter((change) => change.at <= at);
    this.#draft.changes.splice(0, this.#draft.changes.length, ...kept);
    this.#scene.ledger.update(this.#draft, at, {
      hs_status: 'canceled',
      hs_next_payment_amount: null,
      hs_next_payment_due_date: null,
    });
  }
}

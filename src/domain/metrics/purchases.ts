import type { Fact } from '../records/record.ts';
import { isCustomerAt } from './customer-cohort.ts';
import { inStock, inWindow } from './in-window.ts';
import type { Customer, Window } from './metric.ts';

type Deal = Fact<'deal'>;

/** A won deal that is not a return; one that is free, or of unknown amount, is a purchase. */
export const isPurchase = (fact: Fact): fact is Deal =>
  fact.kind === 'deal' && fact.fields.isWon && (fact.fields.amount === null || fact.fields.amount >= 0);

/** A won deal, also one that takes money back. */
export const isSale = (fact: Fact): fact is Deal => fact.kind === 'deal' && fact.fields.isWon;

/** The moment a deal counts on. */
export const wonAt = ({ fields: { closedAt } }: Deal) => closedAt ?? 'undated';

/** The different days of a window on which a customer bought, by the portal's calendar. */
export function purchaseDays({ facts }: Customer, window: Window, dayOf: (at: number) => string): ReadonlySet<string> {
  const dates = facts.filter(isPurchase).flatMap(({ fields: { closedAt } }) => closedAt ?? []);
  return new Set(dates.filter((at) => inWindow(at, window)).map(dayOf));
}

/** Whether somebody is a customer at the end of a window, or had bought by then. */
export const isOrWasBuyer = (customer: Customer, window: Window): boolean =>
  customer.fields.isCustomer ||
  isCustomerAt(customer, window.to) ||
  customer.facts.some((fact) => isPurchase(fact) && inStock(wonAt(fact), window));

/** Who is meant by `isOrWasBuyer`, in words. */
export const buyersInWords =
  'Customers are those in a customer stage now, or who have bought by the end of the period.';

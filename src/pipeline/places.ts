import { bucketsOf } from '../domain/metrics/day-buckets.ts';
import type { CxRecord, Fact, RecordKind } from '../domain/records/record.ts';
import type { Zone } from '../domain/time/zone.ts';
import type { CustomerKey, CustomerKind, Place } from './ports.ts';

const customerKinds: readonly CustomerKind[] = ['contact', 'company'];

/** Whether records of this kind carry scores. */
export const isCustomerKind = (kind: RecordKind): kind is CustomerKind => kind === 'contact' || kind === 'company';

const isCustomer = (fact: Fact): fact is Fact<CustomerKind> => isCustomerKind(fact.kind);

/** The contacts and companies a fact concerns: itself where it is one, and those it is linked to. */
export function customersOf(fact: Fact): CustomerKey[] {
  const linked = customerKinds.flatMap((kind) => (fact.links[kind] ?? []).map((id) => ({ kind, id })));
  return isCustomer(fact) ? [{ kind: fact.kind, id: fact.id }, ...linked] : linked;
}

/** Every place a record is filed in: beside each customer it concerns, and in the days it counts on. */
export const placesOf = (record: CxRecord, zone: Zone): Place[] => [
  ...customersOf(record).map((key) => ({ in: 'customer' as const, ...key })),
  ...bucketsOf(record, zone.dayOf).map((bucket) => ({ in: 'day' as const, ...bucket })),
];

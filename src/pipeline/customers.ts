import type { Customer } from '../domain/metrics/metric.ts';
import type { Fact, RecordId } from '../domain/records/record.ts';
import type { CustomerKey, CustomerKind, FiledCustomer, Store } from './ports.ts';

/** A contact or company ready to be measured and scored. */
export interface LoadedCustomer extends FiledCustomer {
  readonly customer: Customer;
}

/** Contacts and companies by id. */
export interface Customers {
  readonly contact: ReadonlyMap<RecordId, LoadedCustomer>;
  readonly company: ReadonlyMap<RecordId, LoadedCustomer>;
}

/** Everybody, with the facts around each; a company's include those of its contacts. */
export const allCustomers = (store: Store): Promise<Customers> => load(store);

/** Those named, and whoever their scores depend on: contacts bring their companies, companies their contacts. */
export async function customersAround(store: Store, keys: readonly CustomerKey[]): Promise<Customers> {
  const idsOf = (kind: CustomerKind) => keys.filter((key) => key.kind === kind).map(({ id }) => id);
  const named = await filed(store, 'contact', idsOf('contact'));
  const companies = await filed(store, 'company', [...idsOf('company'), ...linked(named, 'company')]);
  const contacts = await filed(store, 'contact', [...named.keys(), ...linked(companies, 'contact')]);
  return assemble(contacts, companies);
}

const load = async (store: Store): Promise<Customers> =>
  assemble(await filed(store, 'contact'), await filed(store, 'company'));

async function filed(
  store: Store,
  kind: CustomerKind,
  ids?: readonly RecordId[],
): Promise<Map<RecordId, FiledCustomer>> {
  const found = new Map<RecordId, FiledCustomer>();
  for await (const customer of store.customers(kind, ids)) if (customer.self) found.set(customer.key.id, customer);
  return found;
}

const linked = (customers: ReadonlyMap<RecordId, FiledCustomer>, kind: CustomerKind): RecordId[] =>
  [...customers.values()].flatMap(({ self, facts }) => [
    ...(self?.links[kind] ?? []),
    ...facts.filter((fact) => fact.kind === kind).map(({ id }) => id),
  ]);

/** Puts contacts and companies together from what is filed beside each. */
export function assemble(contacts: Map<RecordId, FiledCustomer>, companies: Map<RecordId, FiledCustomer>): Customers {
  const withFacts = (customer: FiledCustomer, facts: readonly Fact[]): LoadedCustomer => {
    const self = customer.self as NonNullable<FiledCustomer['self']>;
    const { kind, id, fields, links } = self;
    return { ...customer, customer: { kind, id, fields, links, facts } };
  };
  return {
    contact: new Map([...contacts].map(([id, contact]) => [id, withFacts(contact, contact.facts)])),
    company: new Map(
      [...companies].map(([id, company]) => [id, withFacts(company, factsOfCompany(company, contacts))]),
    ),
  };
}

/** A company's own facts and its contacts', each once. */
function factsOfCompany(company: FiledCustomer, contacts: ReadonlyMap<RecordId, FiledCustomer>): Fact[] {
  const facts = new Map<string, Fact>();
  for (const fact of company.facts) {
    if (fact.kind !== 'contact') facts.set(`${fact.kind} ${fact.id}`, fact);
    for (const own of fact.kind === 'contact' ? (contacts.get(fact.id)?.facts ?? []) : [])
      facts.set(`${own.kind} ${own.id}`, own);
  }
  return [...facts.values()];
}

/** What counts as one customer for metrics: companies, and contacts that belong to none. */
export const customerUnits = ({ contact, company }: Customers): Customer[] => [
  ...[...company.values()].map(({ customer }) => customer),
  ...[...contact.values()].flatMap(({ customer }) => ((customer.links.company ?? []).length > 0 ? [] : [customer])),
];

/** Subscribers of a telephone company with contract, services, charges, tenure and whether they left last month. */
import type { Portal, PortalRecord, PropertyDefinition } from '../portal.ts';
import { asPortal, choiceProperty, iso, numberProperty, record, wonDeal } from './as-portal.ts';
import { namedRows, readCsv } from './read-csv.ts';

type Row = Readonly<Record<string, string>>;

/** The source has no dates; its label is "left within the last month", seen from this chosen moment. */
const asOf = Date.parse('2018-01-01T00:00:00.000Z');
const day = 86_400_000;

/** Column and property of what is known about a subscriber. */
const choices = [
  ['gender', 'gender', 'Gender'],
  ['SeniorCitizen', 'senior_citizen', 'Senior citizen'],
  ['Partner', 'partner', 'Partner'],
  ['Dependents', 'dependents', 'Dependents'],
  ['PhoneService', 'phone_service', 'Phone service'],
  ['MultipleLines', 'multiple_lines', 'Multiple lines'],
  ['InternetService', 'internet_service', 'Internet service'],
  ['OnlineSecurity', 'online_security', 'Online security'],
  ['OnlineBackup', 'online_backup', 'Online backup'],
  ['DeviceProtection', 'device_protection', 'Device protection'],
  ['TechSupport', 'tech_support', 'Tech support'],
  ['StreamingTV', 'streaming_tv', 'Streaming TV'],
  ['StreamingMovies', 'streaming_movies', 'Streaming movies'],
  ['Contract', 'contract', 'Contract'],
  ['PaperlessBilling', 'paperless_billing', 'Paperless billing'],
  ['PaymentMethod', 'payment_method', 'Payment method'],
] as const;
const numbers = [
  ['tenure', 'tenure_months', 'Tenure in months'],
  ['MonthlyCharges', 'monthly_charges', 'Monthly charges'],
] as const;
/** Services that count as products owned, where the column says so. */
const services = [
  'phone_service',
  'multiple_lines',
  'online_security',
  'online_backup',
  'device_protection',
  'tech_support',
  'streaming_tv',
  'streaming_movies',
] as const;

/** One contact and one subscription per subscriber, and an undated won deal of what it paid in all, where known. */
export async function telco(file: string): Promise<Portal> {
  const rows = namedRows(await readCsv(file));
  const contacts: PortalRecord[] = [];
  const subscriptions: PortalRecord[] = [];
  const deals: PortalRecord[] = [];
  for (const [n, row] of rows.entries()) {
    const id = String(130_000_000 + n);
    const since = sinceOf(row);
    const until = row.Churn === 'Yes' ? asOf - (1 + (n % 27)) * day : null;
    const dates = { createdAt: since, updatedAt: until ?? Math.max(since, asOf - (1 + (n % 30)) * day) };
    contacts.push(record(id, contact(row, since, until), dates));
    subscriptions.push(record(String(530_000_000 + n), subscription(row, since, until), dates, { contacts: [id] }));
    const total = (row.TotalCharges ?? '').trim();
    if (total === '') continue;
    const properties = wonDeal('Total charges', total, null, { createdate: iso(since) });
    deals.push(record(String(2_300_000_000 + n), properties, dates, { contacts: [id] }));
  }
  return asPortal(
    {
      name: 'real-telco',
      description:
        'Telco customer churn, 7,043 subscribers of an invented company (published by IBM). Dates are derived, not ' +
        'measured: customer_since is the chosen asOf (2018-01-01) less the tenure in months; whoever left has a ' +
        'customer_until spread over the 27 days before asOf. The deal is the sum of all charges and has no date.',
      account: { portalId: 240900014, timeZone: 'UTC', companyCurrency: 'USD' },
      asOf: iso(asOf),
      properties: { contacts: definitions(rows) },
      mappings: {
        customer: {
          since: [{ on: 'contact', property: 'customer_since' }],
          until: [{ on: 'contact', property: 'customer_until' }],
        },
        products: [{ on: 'contact', property: 'products_owned' }],
      },
    },
    { contacts, subscriptions, deals },
  );
}

/** `asOf` less whole months; a tenure of 0 began the day before. */
function sinceOf(row: Row): number {
  const tenure = Number(row.tenure);
  const date = new Date(asOf);
  date.setUTCMonth(date.getUTCMonth() - tenure);
  return tenure === 0 ? asOf - day : date.getTime();
}

function contact(row: Row, since: number, until: number | null): PortalRecord['properties'] {
  const named = [...choices, ...numbers].map(([column, property]) => [property, row[column] ?? null] as const);
  const values: Readonly<Record<string, string | null>> = Object.fromEntries(named);
  const owned: string[] = services.filter((property) => values[property] === 'Yes');
  if (row.InternetService !== 'No') owned.push('internet');
  return {
    email: `${(row.customerID ?? '').toLowerCase()}@telco.example`,
    lastname: row.customerID ?? null,
    lifecyclestage: 'customer',
    ...values,
    products_owned: owned.join(';'),
    createdate: iso(since),
    customer_since: iso(since),
    ...(until !== null && { customer_until: iso(until) }),
  };
}

function subscription(row: Row, since: number, until: number | null): PortalRecord['properties'] {
  return {
    hs_name: row.Contract ?? null,
    hs_status: until === null ? 'active' : 'canceled',
    hs_recurring_billing_start_date: iso(since),
    hs_recurring_billing_frequency: 'monthly',
    hs_last_payment_amount: row.MonthlyCharges ?? null,
    hs_next_payment_amount: until === null ? (row.MonthlyCharges ?? null) : null,
    hs_currency_code: 'USD',
    hs_createdate: iso(since),
  };
}

function definitions(rows: readonly Row[]): PropertyDefinition[] {
  return [
    ...choices.map(([column, name, label]) =>
      choiceProperty(
        name,
        label,
        rows.map((row) => row[column] ?? ''),
      ),
    ),
    ...numbers.map(([, name, label]) => numberProperty(name, label)),
    { ...choiceProperty('products_owned', 'Products owned', [...services, 'internet']), fieldType: 'checkbox' },
    { name: 'customer_since', label: 'Customer since', type: 'datetime', fieldType: 'date' },
    { name: 'customer_until', label: 'Customer until', type: 'datetime', fieldType: 'date' },
  ];
}

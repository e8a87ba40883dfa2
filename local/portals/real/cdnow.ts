/** Repeat purchases of a record shop: the 1/10 sample that the BG/NBD literature works with. */
import type { Portal, PortalRecord } from '../portal.ts';
import { asPortal, iso, numberProperty, record, wonDeal } from './as-portal.ts';
import { readCsv } from './read-csv.ts';

/** Fields are separated by runs of spaces; the second is the customer's number within the sample. */
interface Purchase {
  readonly customer: number;
  readonly at: number;
  readonly quantity: string;
  readonly amount: string;
}

/** One contact per customer and one won deal per purchase line, closed at midnight UTC of its day. */
export async function cdnow(file: string): Promise<Portal> {
  const lines = await readCsv(file, { delimiter: '\u0000' });
  const purchases = lines.map(([line = '']) => purchaseOf(line.trim().split(/\s+/)));
  const byCustomer = Map.groupBy(purchases, ({ customer }) => customer);
  const deals: PortalRecord[] = [];
  const contacts: PortalRecord[] = [];
  for (const [customer, own] of byCustomer) {
    const dates = own.map(({ at }) => at);
    const createdAt = Math.min(...dates);
    const id = String(110_000_000 + customer);
    contacts.push(
      record(
        id,
        {
          email: `customer-${customer}@cdnow.example`,
          lastname: `Customer ${customer}`,
          lifecyclestage: 'customer',
          createdate: iso(createdAt),
          customer_since: iso(createdAt),
        },
        { createdAt, updatedAt: Math.max(...dates) },
      ),
    );
    for (const { at, quantity, amount } of own) {
      const dealtype = at === createdAt ? 'newbusiness' : 'existingbusiness';
      const properties = wonDeal('Purchase', amount, at, { quantity, dealtype, createdate: iso(at) });
      deals.push(record(String(2_100_000_000 + deals.length), properties, { createdAt: at }, { contacts: [id] }));
    }
  }
  return asPortal(
    {
      name: 'real-cdnow',
      description:
        'CDNOW: purchases of 2,357 customers of a record shop, 1997-01-01 to 1998-06-30 (B. Hardie). ' +
        'customer_since is the first purchase; the set does not say when a customer left.',
      account: { portalId: 240900013, timeZone: 'UTC', companyCurrency: 'USD' },
      asOf: '1998-07-01T00:00:00.000Z',
      properties: {
        contacts: [{ name: 'customer_since', label: 'Customer since', type: 'datetime', fieldType: 'date' }],
        deals: [numberProperty('quantity', 'Number of CDs')],
      },
      mappings: { customer: { since: [{ on: 'contact', property: 'customer_since' }] } },
    },
    { contacts, deals },
  );
}

function purchaseOf([, customer = '', date = '', quantity = '', amount = '']: readonly string[]): Purchase {
  const at = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}T00:00:00.000Z`);
  return { customer: Number(customer), at, quantity, amount };
}

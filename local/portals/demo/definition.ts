/** The demo portal's account, pipelines, own properties and what they mean. */
import type { ConnectorConfigInput } from '#platform/config.ts';
import type { PortalDefinition, PropertyDefinition } from '../portal.ts';
import { dealPipeline, ticketPipeline } from '../stock-pipelines.ts';
import { asOf, iso } from './calendar.ts';
import type { World } from './customer.ts';
import { owners } from './owners.ts';
import { products } from './words/products.ts';

const group = { groupName: 'customer_information' } as const;

/** Properties of whoever is the customer: companies, and contacts without one. */
const customerProperties: readonly PropertyDefinition[] = [
  { ...group, name: 'customer_since', label: 'Customer since', type: 'datetime', fieldType: 'date' },
  { ...group, name: 'customer_until', label: 'Customer until', type: 'datetime', fieldType: 'date' },
  { ...group, name: 'contract_renewal_date', label: 'Contract renewal date', type: 'date', fieldType: 'date' },
  { ...group, name: 'product_usage_30d', label: 'Product usage, last 30 days', type: 'number', fieldType: 'number' },
  {
    ...group,
    name: 'product_usage_prior_30d',
    label: 'Product usage, 30 days before those',
    type: 'number',
    fieldType: 'number',
  },
  {
    ...group,
    name: 'products_owned',
    label: 'Products owned',
    type: 'enumeration',
    fieldType: 'checkbox',
    options: Object.entries(products).map(([value, { label }]) => ({ label, value })),
  },
];

const both = <P extends string>(property: P) =>
  [
    { on: 'company', property },
    { on: 'contact', property },
  ] as const;

/** How the connector is to read them. */
const mappings = {
  customer: {
    since: [...both('customer_since')],
    until: [...both('customer_until')],
    renewal: [...both('contract_renewal_date')],
  },
  usage: { recent: [...both('product_usage_30d')], before: [...both('product_usage_prior_30d')] },
  products: [...both('products_owned')],
} satisfies ConnectorConfigInput;

/** The content of the demo's `portal.json`. */
export function demoDefinition(made: { seed: number; scale: number; world: World }): PortalDefinition {
  const { seed, scale, world } = made;
  const rule = world === 'null' ? 'leaving and buying are chance' : 'experience decides who leaves and who buys more';
  return {
    name: world === 'null' ? 'demo-null' : 'demo',
    description: `An invented software company, generated (seed ${seed}, scale ${scale}): ${rule}.`,
    account: { portalId: 240900001, timeZone: 'Europe/Berlin', companyCurrency: 'EUR', accountType: 'DEVELOPER_TEST' },
    tier: 'professional',
    asOf: iso(asOf),
    defaultWindow: '90d',
    pipelines: { tickets: [ticketPipeline], deals: [dealPipeline] },
    owners,
    properties: { contacts: customerProperties, companies: customerProperties },
    mappings,
  };
}

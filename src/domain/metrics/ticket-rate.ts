import { inWindow } from './in-window.ts';
import type { CustomerMetric } from './metric.ts';
import { ofCustomer, type PerCustomer, perCustomerBase, presentRatio, ratioSource } from './per-customer.ts';
import { buyersInWords, isOrWasBuyer } from './purchases.ts';

/** Tickets opened by a hundred customers. */
export const ticketRate: CustomerMetric<PerCustomer> = {
  ...perCustomerBase,
  kind: 'population',
  of: 'customers',
  attributionDate: 'each ticket on the day it was opened; customers at the end of the period',
  reads: ['ticket', 'deal', 'contact', 'company'],
  id: 'ticket-rate',
  question: 'How often do customers need help?',
  definition:
    `Tickets opened in the period for every hundred customers. ${buyersInWords} A ticket of two customers counts with each ` +
    'of them. The interval takes the tickets of one customer as belonging together.',
  formula: 'tickets opened by customers ÷ customers × 100',
  leavesOut: ['tickets of nobody, or of people who are no customers: see `ticket-volume`'],
  unit: 'tickets per 100 customers',
  direction: 'lower is better',
  sources: [
    {
      title: 'Zendesk, ticket volume relative to customers; J. Goodman, Strategic Customer Service, 2009: contact rate',
    },
    ratioSource,
  ],
  prepare(customer, window) {
    if (!isOrWasBuyer(customer, window)) return null;
    const opened = customer.facts.filter(
      (fact) => fact.kind === 'ticket' && inWindow(fact.fields.openedAt ?? 'undated', window),
    );
    return ofCustomer(opened.length, 1);
  },
  present: (total) =>
    presentRatio(total, { nothing: 'there are no customers', n: 'customers', factor: 100, lowest: 0 }),
};

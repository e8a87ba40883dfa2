import type { PropertyDefinition } from '../../../portals/portal.ts';
import { choice, dateTimes, numbers, openChoices, texts } from './default-property.ts';

/** Default commerce subscription properties (docs: commerce subscriptions guide). */
export const subscriptionProperties: readonly PropertyDefinition[] = [
  ...texts({ hs_name: 'Name', hs_currency_code: 'Currency' }),
  choice('hs_status', 'Status', ['active', 'past_due', 'canceled', 'expired', 'scheduled']),
  ...numbers({
    hs_last_payment_amount: 'Last payment amount',
    hs_next_payment_amount: 'Next payment amount',
    hs_recurring_revenue: 'Recurring revenue',
  }),
  ...openChoices({
    hs_recurring_billing_frequency: 'Billing frequency',
    hs_last_payment_status: 'Last payment status',
  }),
  ...dateTimes({
    hs_next_payment_due_date: 'Next payment due date',
    hs_last_payment_date: 'Last payment date',
    hs_recurring_billing_start_date: 'Billing start date',
    hs_recurring_billing_end_date: 'Billing end date',
    hs_cancellation_date: 'Cancellation date',
  }),
];

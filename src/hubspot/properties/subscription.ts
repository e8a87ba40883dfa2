import { from, type Mapping, mapping } from './mapping.ts';
import { moment, number, text } from './readers.ts';

/** Commerce subscriptions. The amount is the last payment's, else the next one's, in the subscription's currency. */
export const subscriptionMapping = (): Mapping<'subscription'> =>
  mapping(
    {
      status: from('hs_status', text),
      startedAt: from('hs_recurring_billing_start_date', moment),
      nextDueAt: from('hs_next_payment_due_date', moment),
      amount: from(['hs_last_payment_amount', 'hs_next_payment_amount'], number),
    },
    (fields) => fields,
  );

import type { PropertyDefinition } from '../../../portals/portal.ts';
import { bools, choice, dateTimes, longTexts, numbers, openChoices, readOnly, texts } from './default-property.ts';

/** Default deal properties (docs: deal object definition). */
export const dealProperties: readonly PropertyDefinition[] = [
  ...texts({ dealname: 'Deal name' }),
  ...longTexts({
    description: 'Deal description',
    closed_lost_reason: 'Closed lost reason',
    closed_won_reason: 'Closed won reason',
  }),
  ...openChoices({ pipeline: 'Pipeline', dealstage: 'Deal stage', deal_currency_code: 'Currency' }),
  choice('dealtype', 'Deal type', [
    ['newbusiness', 'New Business'],
    ['existingbusiness', 'Existing Business'],
  ]),
  choice('hs_priority', 'Priority', ['low', 'medium', 'high']),
  ...numbers({ amount: 'Amount' }),
  ...dateTimes({ closedate: 'Close date', createdate: 'Create date' }),
  ...readOnly([
    ...numbers({
      amount_in_home_currency: 'Amount in company currency',
      hs_closed_amount: 'Closed deal amount',
      hs_closed_amount_in_home_currency: 'Closed deal amount in company currency',
      hs_deal_stage_probability: 'Deal probability',
      hs_forecast_amount: 'Forecast amount',
      hs_projected_amount: 'Weighted amount',
      hs_mrr: 'Monthly recurring revenue',
      hs_arr: 'Annual recurring revenue',
      hs_acv: 'Annual contract value',
      hs_tcv: 'Total contract value',
      days_to_close: 'Days to close',
      num_associated_contacts: 'Number of associated contacts',
      num_contacted_notes: 'Number of times contacted',
      num_notes: 'Number of sales activities',
      hs_primary_associated_company: 'Primary associated company',
    }),
    ...bools({
      hs_is_closed: 'Is closed',
      hs_is_closed_won: 'Is closed won',
      hs_is_closed_lost: 'Is closed lost',
    }),
    ...dateTimes({ notes_last_contacted: 'Last contacted', notes_last_updated: 'Last activity date' }),
  ]),
];

import type { ConnectorConfig } from '#platform/config.ts';
import { from, type Mapping, mapping, type Note } from './mapping.ts';
import { bool, moment, number, text } from './readers.ts';

/** HubSpot's flag decides; where it is unset the stage does. A disagreement is noted: stages get new meanings. */
const decided = (field: string, flag: boolean | null, stage: boolean | null, note: Note): boolean => {
  if (flag !== null && stage !== null && flag !== stage)
    note(field, `HubSpot's flag says ${flag}, the settings of the stage say ${stage}; the flag is believed`);
  return flag ?? stage ?? false;
};

/**
 * Deals. `amount` is in the deal's own currency: it stands in for the home-currency amount only where the deal names no
 * currency or the home one.
 */
export const dealMapping = (config: ConnectorConfig): Mapping<'deal'> =>
  mapping(
    {
      name: from('dealname', text),
      pipeline: from('pipeline', text),
      stage: from('dealstage', text),
      ownerId: from('hubspot_owner_id', text),
      wonFlag: from('hs_is_closed_won', bool),
      closedFlag: from('hs_is_closed', bool),
      closedAt: from(config.deal.closedAt, moment),
      homeAmount: from(config.deal.amount, number),
      ownAmount: from('amount', number),
      currency: from('deal_currency_code', text),
      dealType: from('dealtype', text),
    },
    ({ wonFlag, closedFlag, homeAmount, ownAmount, currency, ...fields }, note, portal) => {
      const stage = portal.stage(fields.pipeline, fields.stage);
      const isHome = currency === null || currency === portal.homeCurrency;
      return {
        ...fields,
        isWon: decided('isWon', wonFlag, stage?.isWon ?? null, note),
        isClosed: decided('isClosed', closedFlag, stage?.isClosed ?? null, note),
        amount: homeAmount ?? (isHome ? ownAmount : null),
      };
    },
  );

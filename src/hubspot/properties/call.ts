import { from, type Mapping, mapping } from './mapping.ts';
import { milliseconds, moment, text } from './readers.ts';

/** Calls (https://developers.hubspot.com/docs/api-reference/crm-calls-v3/guide). */
export const callMapping = (): Mapping<'call'> =>
  mapping(
    {
      startedAt: from('hs_timestamp', moment),
      duration: from('hs_call_duration', milliseconds),
      status: from('hs_call_status', text),
      direction: from('hs_call_direction', text),
      disposition: from('hs_call_disposition', text),
    },
    (fields) => fields,
  );

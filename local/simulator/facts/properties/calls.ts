import type { PropertyDefinition } from '../../../portals/portal.ts';
import {
  bools,
  choice,
  dateTimes,
  longTexts,
  numbers,
  openChoices,
  phones,
  readOnly,
  texts,
} from './default-property.ts';

/** Default call properties (docs: calls guide). */
export const callProperties: readonly PropertyDefinition[] = [
  ...dateTimes({ hs_timestamp: 'Activity date' }),
  ...texts({
    hs_call_title: 'Call title',
    hs_call_disposition: 'Call outcome',
    hs_call_recording_url: 'Recording URL',
    hs_call_source: 'Call source',
    hs_call_callee_object_id: 'Callee object ID',
    hs_call_callee_object_type: 'Callee object type',
    hs_call_callee_object_type_id: 'Callee object type ID',
    hs_call_app_id: 'Call app ID',
  }),
  ...longTexts({ hs_call_body: 'Call notes' }),
  ...phones({ hs_call_from_number: 'From number', hs_call_to_number: 'To number' }),
  ...numbers({ hs_call_duration: 'Call duration' }),
  ...openChoices({ hs_activity_type: 'Call and meeting type' }),
  ...bools({ hs_call_has_voicemail: 'Has voicemail' }),
  choice('hs_call_status', 'Call status', [
    'BUSY',
    'CALLING_CRM_USER',
    'CANCELED',
    'COMPLETED',
    'CONNECTING',
    'FAILED',
    'IN_PROGRESS',
    'NO_ANSWER',
    'QUEUED',
    'RINGING',
    'MISSED',
  ]),
  choice('hs_call_direction', 'Call direction', ['INBOUND', 'OUTBOUND']),
  ...readOnly(texts({ hs_body_preview: 'Body preview' })),
];

import type { ResponseGroup, SurveyMetric } from '#domain/records/record.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { from, type Mapping, mapping, type Note } from './mapping.ts';
import { moment, number, text } from './readers.ts';

interface Survey {
  readonly metric: SurveyMetric;
  readonly scale: readonly [number, number];
  readonly asks: 'ease' | 'effort';
}

/**
 * HubSpot's own surveys; CSAT has three faces, 0 to 2
 * (https://knowledge.hubspot.com/properties/survey-response-properties).
 */
const nativeSurveys: Readonly<Record<string, Survey>> = {
  NPS: { metric: 'nps', scale: [0, 10], asks: 'ease' },
  CSAT: { metric: 'csat', scale: [0, 2], asks: 'ease' },
  CES: { metric: 'ces', scale: [1, 7], asks: 'ease' },
};

const groups: Readonly<Record<string, ResponseGroup>> = {
  PROMOTER: 'promoter',
  PASSIVE: 'passive',
  DETRACTOR: 'detractor',
};

const ratingOn = (survey: Survey, raw: number, note: Note): number | null => {
  const [lowest, highest] = survey.scale;
  if (raw < lowest || raw > highest) {
    note('rating', `${raw} is outside the survey's scale of ${lowest} to ${highest}`);
    return null;
  }
  return survey.asks === 'effort' ? lowest + highest - raw : raw;
};

const groupOf = (raw: string | null, note: Note): ResponseGroup | null => {
  if (raw === null) return null;
  const group = groups[raw.toUpperCase()];
  if (!group) note('group', `"${raw}" is not a response group`);
  return group ?? null;
};

/** Survey answers. The configuration of the survey comes first, then HubSpot's own type; others keep their bare rating. */
export const answerMapping = (config: ConnectorConfig): Mapping<'answer'> =>
  mapping(
    {
      surveyId: from('hs_survey_id', text),
      surveyName: from('hs_survey_name', text),
      type: from('hs_survey_type', text),
      value: from('hs_value', number),
      responseGroup: from('hs_response_group', text),
      comment: from('hs_content', text),
      answeredAt: from('hs_submission_timestamp', moment),
    },
    ({ type, value, responseGroup, ...fields }, note) => {
      const configured = fields.surveyId === null ? undefined : config.surveys[fields.surveyId];
      const survey = configured ?? nativeSurveys[type?.toUpperCase() ?? ''];
      return {
        ...fields,
        metric: survey?.metric ?? null,
        rating: survey && value !== null ? ratingOn(survey, value, note) : value,
        scale: survey?.scale ?? null,
        group: groupOf(responseGroup, note),
      };
    },
    // Anonymous surveys, and support surveys that HubSpot associates with the contact only.
    { contact: 'hs_contact_id', ticket: 'hs_ticket_id' },
  );

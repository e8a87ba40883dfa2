import type { PropertyDefinition } from '../../../portals/portal.ts';
import { choice, dateTimes, longTexts, numbers, openChoices, readOnly, texts } from './default-property.ts';

/** Default survey answer properties (knowledge base: survey response properties; names as warehouse schemas agree). */
export const feedbackSubmissionProperties: readonly PropertyDefinition[] = readOnly([
  ...numbers({
    hs_survey_id: 'Survey ID',
    hs_contact_id: 'Contact ID',
    hs_ticket_id: 'Ticket ID',
    hs_knowledge_article_id: 'Knowledge article ID',
    hs_engagement_id: 'Engagement ID',
    hs_visitor_id: 'Visitor ID',
  }),
  ...texts({
    hs_survey_name: 'Survey name',
    hs_value: 'Rating',
    hs_sentiment: 'Sentiment',
    hs_submission_name: 'Submission name',
    hs_submission_url: 'Submission URL',
    hs_contact_email_rollup: 'Email',
    hs_contact_firstname: 'First name',
    hs_contact_lastname: 'Last name',
    hs_form_guid: 'Form ID',
    hs_ingestion_id: 'Ingestion ID',
  }),
  ...longTexts({ hs_content: 'Response' }),
  ...dateTimes({ hs_submission_timestamp: 'Submission date' }),
  ...openChoices({
    hs_survey_channel: 'Survey channel',
    hs_industry_standard_question_type: 'Industry standard question type',
  }),
  choice('hs_survey_type', 'Survey type', ['NPS', 'CSAT', 'CES', 'KNOWLEDGE', 'CUSTOM']),
  choice('hs_response_group', 'Feedback sentiment', [
    ['PROMOTER', 'Promoter'],
    ['PASSIVE', 'Passive'],
    ['DETRACTOR', 'Detractor'],
  ]),
]);

import type { ObjectType, PropertyDefinition } from '../../../portals/portal.ts';
import { callProperties } from './calls.ts';
import { companyProperties } from './companies.ts';
import { contactProperties } from './contacts.ts';
import { dealProperties } from './deals.ts';
import { systemProperties } from './default-property.ts';
import { feedbackSubmissionProperties } from './feedback-submissions.ts';
import { subscriptionProperties } from './subscriptions.ts';
import { ticketProperties } from './tickets.ts';

const own: Readonly<Record<ObjectType, readonly PropertyDefinition[]>> = {
  contacts: contactProperties,
  companies: companyProperties,
  deals: dealProperties,
  tickets: ticketProperties,
  feedback_submissions: feedbackSubmissionProperties,
  calls: callProperties,
  subscriptions: subscriptionProperties,
};

/** The properties a stock account defines for an object type. */
export function defaultProperties(type: ObjectType): readonly PropertyDefinition[] {
  return [...systemProperties, ...own[type]];
}

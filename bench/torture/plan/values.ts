import type { Random } from '#local/portals/demo/random.ts';
import type { ObjectType } from '#local/portals/portal.ts';

/** Stages of the two pipelines of a torture portal. */
export const ticketStages = ['1', '2', '3', '4'] as const;
export const dealStages = ['appointmentscheduled', 'contractsent', 'closedwon', 'closedlost'] as const;

/** Stands in every text of a record and nowhere else, so that what is left of it can be found. */
export const markOf = (type: ObjectType, id: string): string => `«${type}-${id}»`;
export const marks = /«[a-z_]+-[\w]+»/g;

const words = ['Zoë', '王小明', 'Łukasz', 'Ångström', 'Нина', 'Ñandú', 'علي', '🙂 smile', "O'Neill", 'Müller & Söhne'];

const word = (random: Random): string => random.pick(words);
const dayOf = (random: Random): string =>
  new Date(Date.UTC(2026, random.integer(5, 8), random.integer(1, 28), random.integer(0, 23))).toISOString();
const stated = (random: Random, value: string): string | null => (random.chance(0.85) ? value : null);
const whole = (random: Random, low: number, high: number): string => String(random.integer(low, high));

/** A property and how its values come about; `calculated` ones change without moving a modified date. */
interface Property {
  readonly value: (random: Random, mark: string) => string | null;
  readonly calculated?: true;
}

const customer = {
  lifecyclestage: { value: (random) => random.pick(['lead', 'customer', 'evangelist', 'other']) },
  notes_last_contacted: { value: (random) => stated(random, dayOf(random)), calculated: true },
  logins: { value: (random) => stated(random, whole(random, 0, 90)), calculated: true },
} satisfies Record<string, Property>;

const properties: Readonly<Record<ObjectType, Readonly<Record<string, Property>>>> = {
  contacts: {
    firstname: { value: (random, mark) => `${word(random)} ${mark}` },
    lastname: { value: (random) => stated(random, word(random)) },
    email: { value: (random, mark) => `${mark}${random.integer(1, 9)}@exämple.org` },
    ...customer,
  },
  companies: {
    name: { value: (random, mark) => `${word(random)} ${mark}` },
    domain: { value: (random, mark) => stated(random, `${mark}.example`) },
    ...customer,
  },
  deals: {
    dealname: { value: (random, mark) => `${word(random)} ${mark}` },
    pipeline: { value: () => 'default' },
    dealstage: { value: (random) => random.pick(dealStages) },
    closedate: { value: dayOf },
    amount_in_home_currency: { value: (random) => stated(random, whole(random, 1, 9_999)), calculated: true },
  },
  tickets: {
    subject: { value: (random, mark) => `${word(random)} ${mark}` },
    hs_pipeline: { value: () => '0' },
    hs_pipeline_stage: { value: (random) => random.pick(ticketStages) },
    createdate: { value: dayOf },
    source_type: { value: (random) => stated(random, random.pick(['EMAIL', 'CHAT', 'PHONE'])) },
    hs_first_agent_message_sent_at: { value: dayOf, calculated: true },
  },
  feedback_submissions: {
    hs_survey_type: { value: (random) => random.pick(['NPS', 'CSAT', 'CES', 'CUSTOM']) },
    hs_survey_id: { value: (random) => whole(random, 1, 4) },
    hs_value: { value: (random) => stated(random, whole(random, 0, 10)) },
    hs_content: { value: (random, mark) => `${word(random)} ${mark}` },
    hs_submission_timestamp: { value: (random) => stated(random, dayOf(random)) },
    hs_response_group: { value: (random) => random.pick(['PROMOTER', 'PASSIVE', 'DETRACTOR']), calculated: true },
  },
  calls: {
    hs_timestamp: { value: dayOf },
    hs_call_duration: { value: (random) => stated(random, whole(random, 0, 900_000)), calculated: true },
    hs_call_status: { value: (random) => random.pick(['COMPLETED', 'BUSY', 'NO_ANSWER']) },
    hs_call_direction: { value: (_, mark) => `INBOUND ${mark}` },
  },
  subscriptions: {
    hs_status: { value: (random, mark) => `${random.pick(['active', 'past_due', 'canceled'])} ${mark}` },
    hs_recurring_billing_start_date: { value: dayOf },
    hs_last_payment_amount: { value: (random) => stated(random, whole(random, 1, 500)), calculated: true },
  },
};

/** All properties of a new record. */
export const newValues = (type: ObjectType, id: string, random: Random): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(properties[type]).map(([name, { value }]) => [name, value(random, markOf(type, id))]),
  );

/** A change of one property, chosen among those that people set, or among those that HubSpot calculates. */
export function changedValues(
  type: ObjectType,
  id: string,
  random: Random,
  calculated: boolean,
): Record<string, string | null> {
  const names = Object.entries(properties[type]).flatMap(([name, property]) =>
    (property.calculated ?? false) === calculated ? [name] : [],
  );
  const name = random.pick(names);
  return { [name]: anotherValue(type, name, id, random) };
}

/** A value of one property. */
export const anotherValue = (type: ObjectType, name: string, id: string, random: Random): string | null =>
  properties[type][name]?.value(random, markOf(type, id)) ?? null;

/** The names of a type's properties. */
export const propertiesOf = (type: ObjectType): readonly string[] => Object.keys(properties[type]);

/** Survey answers: a quarterly NPS question to every contact, CSAT or CES after a ticket was closed. */
import { customerMoment, hour, iso, week, windowStart } from './calendar.ts';
import { type Customer, type Scene, type Stretch, shifted } from './customer.ts';
import type { Draft, Values } from './ledger.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';
import { comments, type Mood } from './words/comments.ts';

const a = rates.answers;

/** The demo's surveys; scales are HubSpot's own: 0–10, three faces 0–2, effort 1–7 with high as easy. */
export const surveys = {
  NPS: { id: '1100234', name: 'Relationship survey', channel: 'EMAIL', low: 0, high: 10, passive: 7, promoter: 9 },
  CSAT: { id: '1100235', name: 'Ticket closed', channel: 'EMAIL', low: 0, high: 2, passive: 1, promoter: 2 },
  CES: { id: '1100236', name: 'Ease of getting help', channel: 'CHAT', low: 1, high: 7, passive: 4, promoter: 6 },
} as const;
type Survey = keyof typeof surveys;

const moods: Readonly<Record<string, Mood>> = { PROMOTER: 'happy', PASSIVE: 'neutral', DETRACTOR: 'unhappy' };

/** Tells the NPS answers of a stretch: each contact is asked every 13 weeks. */
export function tellNpsAnswers(scene: Scene, customer: Customer, stretch: Stretch, random: Random): void {
  const weekNumber = Math.floor((stretch.start - windowStart) / week);
  for (const [n, contact] of customer.contacts.entries()) {
    if ((weekNumber + n * 5 + Math.floor(customer.since / week)) % 13 !== 0) continue;
    if (!random.chance(shifted(a.npsRate, a.npsRateSatisfaction * stretch.satisfaction))) continue;
    const at = customerMoment(random, stretch.start);
    if (at >= stretch.end) continue;
    const own = n === 0 ? 0 : 0.35 * random.normal();
    const rating = a.nps + a.npsSlope * (stretch.satisfaction + own) + a.npsSpread * random.normal();
    answer(scene, customer, random, 'NPS', at, rating, { contact, ticket: null });
  }
}

/** Tells what a customer answers after a ticket was closed; `felt` is its satisfaction with it. */
export function answerAfterTicket(
  scene: Scene,
  customer: Customer,
  ticket: Draft,
  closedAt: number,
  felt: number,
): void {
  const random = customer.random(`answer ${ticket.createdAt}`);
  const contact = (ticket.associations.contacts ?? [])[0]?.to ?? null;
  const at = closedAt + Math.round(random.logNormal(9, 1) * hour);
  if (random.chance(a.csatRate)) {
    answer(scene, customer, random, 'CSAT', at, a.csat + a.csatSlope * felt + a.csatSpread * random.normal(), {
      contact,
      ticket,
    });
  } else if (random.chance(a.cesRate)) {
    answer(scene, customer, random, 'CES', at, a.ces + a.cesSlope * felt + a.cesSpread * random.normal(), {
      contact,
      ticket,
    });
  }
}

interface About {
  readonly contact: Draft | null;
  readonly ticket: Draft | null;
}

function answer(
  scene: Scene,
  customer: Customer,
  random: Random,
  survey: Survey,
  at: number,
  opinion: number,
  about: About,
): void {
  const { id, name, channel, low, high, passive, promoter } = surveys[survey];
  const rating = Math.max(low, Math.min(high, Math.round(opinion)));
  const group = rating >= promoter ? 'PROMOTER' : rating >= passive ? 'PASSIVE' : 'DETRACTOR';
  const blank = random.chance(a.blank);
  const { links, properties } = linked(random, about);
  const comment = random.chance(a.comment) ? random.pick(comments[customer.locale][moods[group] ?? 'neutral']) : null;
  const arrivedAt = at + random.integer(2_000, 90_000);
  scene.ledger.create(
    'feedback_submissions',
    arrivedAt,
    {
      hs_survey_id: id,
      hs_survey_name: name,
      hs_survey_type: survey,
      hs_survey_channel: channel,
      hs_value: blank ? (random.chance(0.5) ? '' : null) : rating,
      hs_response_group: blank ? null : group,
      hs_content: comment,
      hs_submission_timestamp: iso(at),
      hs_createdate: iso(arrivedAt),
      ...properties,
    },
    links,
  );
}

/** How an answer points at its record: both ways, the contact only, the ticket's id only, or not at all. */
function linked(random: Random, { contact, ticket }: About): { links: Draft[]; properties: Values } {
  const way = random.unit();
  if (way < a.anonymous) return { links: [], properties: { hs_contact_id: null } };
  const named: Values = contact === null ? {} : { hs_contact_id: random.chance(0.8) ? contact : '' };
  if (ticket === null) return { links: contact === null ? [] : [contact], properties: named };
  if (way < a.anonymous + a.ticketIdOnly) return { links: [], properties: { hs_ticket_id: ticket } };
  if (way < a.anonymous + a.ticketIdOnly + a.contactOnly && contact !== null)
    return { links: [contact], properties: named };
  return { links: contact === null ? [ticket] : [contact, ticket], properties: named };
}

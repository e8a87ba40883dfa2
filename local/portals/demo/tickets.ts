/** Support tickets: opened, answered, waited on, solved, sometimes reopened, sometimes forgotten. */
import { answerAfterTicket } from './answers.ts';
import { customerMoment, hour, iso, officeMoment, week } from './calendar.ts';
import { type Customer, type Scene, type Stretch, shifted } from './customer.ts';
import type { HiddenPath } from './hidden-path.ts';
import type { Draft } from './ledger.ts';
import { agents, formerAgent, queue } from './owners.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';
import { type ThemeName, ticketThemes } from './words/tickets.ts';

const { tickets: r, satisfaction: s } = rates;
const trouble = { ...rates.trouble, from: Date.parse(rates.trouble.from), until: Date.parse(rates.trouble.until) };

/** Pipeline stages by what they mean; the ids are those of a stock portal. */
export const ticketStages = { new: '1', waitingOnContact: '2', waitingOnUs: '3', closed: '4' } as const;
/** HubSpot's codes of SLA status. */
const sla = { active: '0', overdue: '1', onTime: '3', late: '4' } as const;
const sources = { EMAIL: 5, FORM: 3, CHAT: 3, PHONE: 1 } as const;
const priorities = { LOW: 3, MEDIUM: 5, HIGH: 2 } as const;
const resolutions = {
  PRODUCT_ISSUE: 'ISSUE_FIXED',
  BILLING_ISSUE: 'REFUND_APPLIED',
  FEATURE_REQUEST: 'FEATURE_REQUEST_TRACKED',
  GENERAL_INQUIRY: 'SENT_KNOWLEDGE_DOCUMENT_LINK',
} as const;

/** A ticket on its way. */
interface Case {
  readonly scene: Scene;
  readonly customer: Customer;
  readonly random: Random;
  readonly ticket: Draft;
  readonly openedAt: number;
  readonly satisfaction: number;
}

/** Tells the tickets of a stretch of a customer's life, and what they do to its satisfaction. */
export function tellTickets(
  scene: Scene,
  customer: Customer,
  stretch: Stretch,
  random: Random,
  path: HiddenPath,
): void {
  const isNew = stretch.start < customer.since + 8 * week;
  const mean = r[customer.kind] * Math.exp(r.satisfaction * stretch.satisfaction) * (isNew ? r.onboarding : 1);
  for (let n = random.poisson(mean); n > 0; n -= 1) {
    const openedAt = customerMoment(random, stretch.start);
    if (openedAt >= stretch.end) continue;
    const ticket = open(scene, customer, random, openedAt, isNew);
    handle({ scene, customer, random, ticket, openedAt, satisfaction: stretch.satisfaction }, path);
  }
}

function open(scene: Scene, customer: Customer, random: Random, at: number, isNew: boolean): Draft {
  const weights = Object.fromEntries(
    Object.entries(ticketThemes).map(([name, theme]) => {
      const times = name === 'sync' && at >= trouble.from && at < trouble.until ? trouble.times : 1;
      return [name, name === 'onboarding' && !isNew ? 0 : theme.weight * times];
    }),
  ) as Record<ThemeName, number>;
  const theme = ticketThemes[random.weighted(weights)];
  const [subject, content] = random.pick<readonly [string, string]>(theme.texts[customer.locale]);
  const contact = random.chance(r.withoutContact) ? null : random.pick(customer.contacts);
  const links = [contact, customer.company].filter((draft) => draft !== null);
  const properties = {
    subject,
    content,
    hs_pipeline: '0',
    hs_pipeline_stage: ticketStages.new,
    hs_ticket_category: random.chance(0.93) ? theme.category : null,
    hs_ticket_priority: random.chance(0.9) ? random.weighted(priorities) : '',
    source_type: random.weighted(sources),
    hubspot_owner_id: agentAt(random, at),
    createdate: iso(at),
    hs_is_closed: false,
    hs_time_to_first_response_sla_status: sla.active,
    hs_time_to_close_sla_status: sla.active,
  };
  return scene.ledger.create('tickets', at, properties, links);
}

function agentAt(random: Random, at: number): string | null {
  if (random.chance(0.04)) return null;
  if (random.chance(0.05)) return queue;
  return random.pick(at < formerAgent.leftAt ? [...agents, formerAgent.id] : agents);
}

function handle(told: Case, path: HiddenPath): void {
  const { random, satisfaction, openedAt } = told;
  const weight = told.customer.kind === 'company' ? s.companyWeight : 1;
  const shock = (at: number, effect: number) => path.shock(at, weight * effect);
  const forgotten = random.chance(r.forgotten);
  const median = r.firstResponseHours * Math.exp(r.firstResponseSatisfaction * satisfaction);
  const respondedAt = officeMoment(random, openedAt + random.logNormal(median, 1) * hour);
  respond(told, respondedAt);
  if (respondedAt - openedAt > 24 * hour) shock(respondedAt, s.badTicket / 2);
  if (forgotten) {
    shock(openedAt + 2 * week, s.badTicket);
    return;
  }
  const work = r.resolutionHours * Math.exp(r.resolutionSatisfaction * satisfaction);
  const closedAt = officeMoment(random, respondedAt + random.logNormal(work, r.resolutionSpread) * hour);
  const asked = random.chance(0.6) && converse(told, respondedAt, closedAt);
  close(told, closedAt, !asked);
  let endedAt = closedAt;
  const comesBack = random.chance(shifted(r.reopen, r.reopenSatisfaction * satisfaction));
  if (comesBack) endedAt = reopen(told, closedAt);
  const slow = closedAt - openedAt > s.slowHours * hour;
  if (slow || comesBack) shock(endedAt, s.badTicket);
  else if (closedAt - openedAt < 9 * hour) shock(closedAt, s.goodTicket);
  const felt = satisfaction + (slow || comesBack ? r.feltBadly : r.feltWell);
  answerAfterTicket(told.scene, told.customer, told.ticket, endedAt, felt);
}

function respond({ scene, random, ticket, openedAt }: Case, at: number): void {
  const due = openedAt + r.firstResponseSla * hour;
  if (at > due) scene.ledger.update(ticket, due, { hs_time_to_first_response_sla_status: sla.overdue });
  const unseen = random.chance(r.withoutFirstResponse);
  const byEmail = ticket.changes[0]?.properties.source_type === 'EMAIL';
  scene.ledger.update(ticket, at, {
    hs_pipeline_stage: ticketStages.waitingOnContact,
    hs_time_to_first_response_sla_status: at > due ? sla.late : sla.onTime,
    ...(!unseen && { hs_first_agent_message_sent_at: iso(at) }),
    ...(!unseen && byEmail && { first_agent_reply_date: iso(at), time_to_first_agent_reply: at - openedAt }),
  });
}

/** The customer writes again before the ticket is solved. */
function converse({ scene, random, ticket }: Case, from: number, until: number): boolean {
  if (until - from < hour) return false;
  const at = Math.round(random.between(from + hour / 4, until - hour / 4));
  scene.ledger.update(ticket, at, { hs_pipeline_stage: ticketStages.waitingOnUs, last_reply_date: iso(at) });
  return true;
}

function close({ scene, random, ticket, openedAt }: Case, at: number, oneTouch: boolean): void {
  const due = openedAt + r.resolutionSla * hour;
  const category = ticket.changes[0]?.properties.hs_ticket_category as keyof typeof resolutions | null;
  if (at > due) scene.ledger.update(ticket, due, { hs_time_to_close_sla_status: sla.overdue });
  scene.ledger.update(ticket, at, {
    hs_pipeline_stage: ticketStages.closed,
    hs_is_closed: true,
    closed_date: iso(at),
    hs_last_closed_date: iso(at),
    time_to_close: at - openedAt,
    hs_time_to_close_sla_status: at > due ? sla.late : sla.onTime,
    ...(category && random.chance(0.5) && { hs_resolution: resolutions[category] }),
    ...(oneTouch && random.chance(0.05) && { hs_is_one_touch_ticket: true }),
  });
}

/** The customer comes back to a closed ticket; returns when it is closed for good. */
function reopen(told: Case, closedAt: number): number {
  const { scene, random, ticket } = told;
  const at = closedAt + Math.round(random.logNormal(26, 0.8) * hour);
  scene.ledger.update(ticket, at, {
    hs_pipeline_stage: ticketStages.waitingOnUs,
    hs_is_closed: false,
    closed_date: null,
    time_to_close: null,
    hs_ticket_reopened_at: iso(at),
    last_reply_date: iso(at),
  });
  const again = officeMoment(random, at + random.logNormal(r.resolutionHours * 1.5, 0.9) * hour);
  close(told, again, false);
  return again;
}

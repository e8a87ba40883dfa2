/** Logged calls: customers who ring, and success managers who ring them. */
import { customerMoment, iso, officeMoment } from './calendar.ts';
import type { Customer, Scene, Stretch } from './customer.ts';
import { agents } from './owners.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';

const c = rates.calls;

/** HubSpot's own outcome ids. */
const dispositions = {
  connected: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  noAnswer: '73a0d17f-1163-4015-bdd5-ec830791da20',
  voicemail: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
} as const;

/** Tells the calls of a stretch of a customer's life. */
export function tellCalls(scene: Scene, customer: Customer, stretch: Stretch, random: Random): void {
  const company = customer.kind === 'company';
  const inbound = (company ? c.inboundCompany : c.inboundPerson) * Math.exp(-0.3 * stretch.satisfaction);
  const outbound = company ? c.outboundCompany : c.outboundPerson;
  for (let n = random.poisson(inbound); n > 0; n -= 1) tellCall(scene, customer, stretch, random, 'INBOUND');
  for (let n = random.poisson(outbound); n > 0; n -= 1) tellCall(scene, customer, stretch, random, 'OUTBOUND');
}

function tellCall(
  scene: Scene,
  customer: Customer,
  stretch: Stretch,
  random: Random,
  direction: 'INBOUND' | 'OUTBOUND',
): void {
  const at = officeMoment(random, customerMoment(random, stretch.start));
  if (at >= stretch.end) return;
  const contact = random.pick(customer.contacts);
  const answered = random.chance(direction === 'INBOUND' ? c.answered : 0.7);
  const duration = answered ? Math.round(random.logNormal(c.minutes, 0.7) * 60_000) : 0;
  const loggedAt = at + duration + random.integer(1_000, 60_000);
  scene.ledger.create(
    'calls',
    loggedAt,
    {
      hs_timestamp: iso(at),
      hs_call_title: direction === 'INBOUND' ? 'Support call' : 'Check-in',
      hs_call_direction: direction,
      hs_call_status: answered ? 'COMPLETED' : 'NO_ANSWER',
      hs_call_duration: answered ? duration : random.chance(0.5) ? 0 : null,
      hs_call_disposition: answered
        ? dispositions.connected
        : random.chance(0.3)
          ? dispositions.voicemail
          : dispositions.noAnswer,
      hubspot_owner_id: direction === 'INBOUND' ? random.pick(agents) : customer.ownerId,
      hs_createdate: iso(loggedAt),
    },
    [contact],
  );
  if (!answered) return;
  scene.ledger.update(contact, loggedAt, { notes_last_contacted: iso(at) });
  if (customer.company) scene.ledger.update(customer.company, loggedAt, { notes_last_contacted: iso(at) });
}

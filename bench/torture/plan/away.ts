import type { Plan, WebhookPlan } from './plan.ts';

const hour = 3_600_000;

/** Webhooks of which nothing goes wrong by itself. */
export const plainWebhooks: WebhookPlan = {
  format: 'classic',
  valuesAtCreation: false,
  duplicates: 0,
  disorder: 0,
  holdUpMs: 0,
  sharedEventIds: 0,
  eventsPerRequest: 100,
  messagesPerBatch: 50,
  stalls: 0,
  absences: [],
  rotations: [],
  strays: [],
  crashes: [],
  crashesOfAll: [],
};

/**
 * The same plan drawn out over so many hours, in all of which the endpoint of webhooks is away: what is told in the first of
 * them is given up, what is told in the last day arrives when it is back.
 */
export function awayFor(hours: number, plan: Plan): Plan {
  const { deeds, polls, quietFrom, webhooks = plainWebhooks } = plan;
  const last = polls[quietFrom - 1]?.at ?? 0;
  const stretch = (at: number): number => Math.round((at * hours * hour) / last);
  return {
    ...plan,
    deeds: deeds.map((deed) => ({ ...deed, at: stretch(deed.at) })),
    polls: polls.map((poll, index) => ({
      ...poll,
      at: index < quietFrom ? stretch(poll.at) : poll.at - last + hours * hour,
    })),
    webhooks: { ...webhooks, absences: [{ from: 0, to: hours * hour }] },
  };
}

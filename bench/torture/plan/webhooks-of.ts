import { type Random, randomStream } from '#local/portals/demo/random.ts';
import type { Poll, Stray, WebhookPlan } from './plan.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long the endpoint may be away: a deployment, an incident, and longer than anybody tries to reach it. */
const absences: readonly (readonly [from: number, to: number])[] = [
  [minute, 20 * minute],
  [hour, 6 * hour],
  [25 * hour, 48 * hour],
];

const strays = ['forged', 'altered', 'outdated', 'unsigned', 'no JSON', 'no event', 'of another portal'] as const;

/** As many batches of a seed may be somebody's last one. */
const batches = 80;

const someOf = <T>(random: Random, share: number, most: number, make: () => T): T[] =>
  random.chance(share) ? Array.from({ length: random.integer(1, most) }, make) : [];

/**
 * How the webhooks of a seed go; half of the seeds have none. A stream of its own: without them a seed is otherwise the same.
 * Where processes stand still none dies: one that does both in the midst of one commit is beyond what is promised (ADR 8).
 */
export function webhooksOf(seed: number, polls: readonly Poll[], end: number): WebhookPlan | undefined {
  const random = randomStream(seed, 'torture webhooks');
  if (random.chance(0.5)) return undefined;
  const moment = (): number => random.integer(1_000, end);
  const plan: WebhookPlan = {
    format: random.pick(['classic', 'classic', 'generic']),
    valuesAtCreation: random.chance(0.5),
    duplicates: random.pick([0, 0.1, 0.5]),
    disorder: random.pick([0, 0.1, 0.5]),
    holdUpMs: random.pick([2_000, 30_000, 10 * minute]),
    sharedEventIds: random.pick([0.01, 0.5]),
    eventsPerRequest: random.pick([1, 5, 100]),
    messagesPerBatch: random.pick([1, 4, 50]),
    stalls: randomStream(seed, 'torture stalls').pick([0, 0, 0.002]),
    absences: someOf(random, 0.4, 2, () => {
      const from = moment();
      return { from, to: from + random.integer(...random.pick(absences)) };
    }),
    rotations: someOf(random, 0.3, 1, moment).map((at) => ({ at, lasting: random.integer(1, 10) * minute })),
    strays: someOf(random, 0.4, 6, (): Stray => ({ at: moment(), what: random.pick(strays) })),
    crashes: Array.from({ length: batches }, (_, batch) => batch + 1).flatMap((batch) =>
      random.chance(0.15)
        ? [
            {
              batch,
              step: Math.ceil(Math.exp(random.between(0, Math.log(120)))),
              halfway: random.chance(0.5),
              all: random.chance(0.2),
            },
          ]
        : [],
    ),
    crashesOfAll: polls.flatMap((_, index) => (random.chance(0.3) ? [index] : [])),
  };
  return plan.stalls > 0 ? { ...plan, crashes: [], crashesOfAll: [] } : plan;
}

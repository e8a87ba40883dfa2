import { subscriptionsTo } from '#local/simulator/webhooks/subscriptions.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { openWebhooks } from '#local/webhooks/open-webhooks.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';
import type { BenchOptions, Figure } from '../harness/figure.ts';
import { largePortal } from '../support/large-portal.ts';
import { clientSecret, openScene, type Scene } from './scene.ts';

const minute = 60_000;
/** What modified dates do not show is looked for apart: those calls have nothing to do with what was written. */
const never = { archivedEveryMinutes: 1e9, rereadEveryHours: 1e9 };

/** What came of our own writes, whichever way they came back. */
interface Echo {
  readonly searches: number;
  /** Records or links read besides. */
  readonly hydrations: number;
  /** Customers and days computed again. */
  readonly recomputes: number;
  readonly writes: number;
}

/** Writes a score to every contact of a portal, and sees what comes back by polls and by webhooks. */
export async function echoFigures({ progress, small }: BenchOptions): Promise<Figure[]> {
  const contacts = small ? 200 : 10_000;
  const portal = largePortal({ contacts, feedback_submissions: contacts });
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const webhooks = { subscriptions: subscriptionsTo({ contacts: 'all' }) };
  const scene = await openScene(portal, { clock, sync: never, webhooks });
  try {
    progress(`echo: ${contacts} contacts are read and scored`);
    await pullAll(scene);
    await computeMetrics(scene.poll);
    await scoreCustomers(scene.poll);
    await clock.sleep(10 * minute);
    await pullAll(scene);

    const told = await writeAndHear(scene, contacts);
    progress(`echo: ${told.events} events of our own writes told nothing new`);
    const polls: Echo[] = [];
    for (const pause of [1, 1, 10]) {
      await clock.sleep(pause * minute);
      polls.push(await poll(scene));
      progress(`echo: a poll ${pause} min later took ${polls.at(-1)?.searches} searches`);
    }
    return figures(polls, told.echo);
  } finally {
    await scene.close();
  }
}

async function pullAll({ poll }: Scene): Promise<void> {
  while (!(await pullChanges(poll)).done);
}

const hydrating = ['list', 'read', 'associations'] as const;
const hydrationsOf = ({ crm }: Scene['poll']): number =>
  hydrating.reduce((sum, kind) => sum + (crm.calls().byKind[kind] ?? 0), 0);
const searchesOf = ({ crm }: Scene['poll']): number => crm.calls().byKind['search'] ?? 0;

/** What follows from a change, or from none. */
async function follow({ poll, writeBack: writing }: Scene): Promise<Pick<Echo, 'recomputes' | 'writes'>> {
  const days = (await poll.store.dirtyDays()).length;
  const marks = (await poll.store.dirtyCustomers()).length;
  await computeMetrics(poll);
  const { scored } = await scoreCustomers(poll);
  const { planned } = await writeBack(writing, { mode: 'write' });
  return { recomputes: days + Math.max(marks, scored), writes: planned };
}

/** Every written property comes back as an event of its own. */
async function writeAndHear(scene: Scene, contacts: number): Promise<{ readonly events: number; readonly echo: Echo }> {
  const { simulator, webhook, writeBack: writing } = scene;
  const endpoint = await openWebhooks({ connector: webhook, clientSecret });
  simulator.webhooks.sendTo({ url: endpoint.url });
  const before = { hydrations: hydrationsOf(webhook), searches: searchesOf(webhook) };
  const { written } = await writeBack(writing, { mode: 'write' });
  if (written !== contacts) throw new Error(`${written} of ${contacts} contacts were written.`);
  await simulator.webhooks.settled();
  await endpoint.queue.empty();
  simulator.webhooks.sendTo(null);
  await endpoint.close();
  const { events, delivered, duplicates } = simulator.webhooks.counts;
  if (delivered !== events + duplicates || events < contacts)
    throw new Error(`${delivered} of ${events} events arrived.`);
  const echo = {
    searches: searchesOf(webhook) - before.searches,
    hydrations: hydrationsOf(webhook) - before.hydrations,
    ...(await follow(scene)),
  };
  return { events, echo };
}

async function poll(scene: Scene): Promise<Echo> {
  const before = { hydrations: hydrationsOf(scene.poll), searches: searchesOf(scene.poll) };
  await pullAll(scene);
  return {
    searches: searchesOf(scene.poll) - before.searches,
    hydrations: hydrationsOf(scene.poll) - before.hydrations,
    ...(await follow(scene)),
  };
}

function figures(polls: readonly Echo[], told: Echo): Figure[] {
  const [first, ...later] = polls as [Echo, ...Echo[]];
  const sum = (of: keyof Echo, echoes: readonly Echo[]): number => echoes.reduce((total, each) => total + each[of], 0);
  const nothing = (id: string, of: 'hydrations' | 'recomputes' | 'writes', unit: string): Figure => ({
    id,
    value: sum(of, [...polls, told]),
    unit,
    goal: 0,
    better: 'lower',
  });
  return [
    {
      id: 'echo.searchCalls',
      value: first.searches + told.searches,
      unit: 'calls',
      goal: 60,
      better: 'lower',
      beside: { 'overlap, read again by later polls': sum('searches', later) },
    },
    nothing('echo.hydrations', 'hydrations', 'calls'),
    nothing('echo.recomputes', 'recomputes', 'customers and days'),
    nothing('echo.writes', 'writes', 'records'),
  ];
}

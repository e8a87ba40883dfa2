import { changeReader } from '#hubspot/webhook/read-changes.ts';
import type { Simulator } from '#local/simulator/simulator.ts';
import { deliveryOf } from '#local/webhooks/consume-queue.ts';
import { MemoryQueue, type QueuedMessage } from '#local/webhooks/memory-queue.ts';
import { openEndpoint } from '#local/webhooks/webhook-endpoint.ts';
import { type Consumed, consumeDeliveries, type ReadChanges } from '#pipeline/changes/consume-deliveries.ts';
import type { Clock, DeadLetter, Store } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import type { Stray, WebhookPlan } from '../plan/plan.ts';
import type { FloorMeter } from '../verdict/floor.ts';
import { Life } from './life.ts';
import type { Process } from './processes.ts';
import { refused, stray } from './strays.ts';

/** What hearing webhooks needs of the play around it. */
export interface Hearing {
  readonly plan: WebhookPlan;
  readonly simulator: Simulator;
  readonly clock: Clock;
  /** When moment zero of the plan is, in milliseconds since the epoch. */
  readonly start: number;
  readonly config: ConnectorConfig;
  /** As every process sees it, and as the meter does: at once. */
  readonly store: Store;
  readonly meter: FloorMeter;
  readonly metersStore: Store;
  readonly born: () => Process;
  /** Lets the poll that is under way die. */
  readonly endPoll: () => void;
  readonly count: (what: string, times?: number) => void;
  readonly tell: (line: string) => void;
  readonly broken: string[];
  /** A rule broken on purpose. */
  readonly insteadRead: (read: ReadChanges) => ReadChanges;
}

/** Whoever applies webhooks, as the rest of a play sees them. */
export interface Ears {
  /** Ends every batch that is under way. */
  endAll(): void;
  /** Resolves once nothing is to happen any more, everything was delivered or given up, and the queue is empty. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What the queue is told of a process that is no more. */
class Died extends Error {}

/** What is told before the first pull is left to it. */
const tooEarly = 'nothing was pulled yet';

const secretOf = (rotation: number): string => `secret-${rotation}`;
/** The first secret, which the simulator begins to sign with. */
export const firstSecret = secretOf(0);

/** What may keep a change from being applied: nobody could help it, and the next poll tells the same. */
const excused: readonly string[] = ['HubSpotBusyError', 'HubSpotRefusedError', 'StoreConflictError'];
const unreadable: readonly Stray['what'][] = ['no JSON', 'no event'];

/** Opens an endpoint, its queue, and consumers beside the polls that die as planned. */
export async function hear({
  plan,
  simulator,
  clock,
  start,
  config,
  store,
  meter,
  metersStore,
  born,
  endPoll,
  count,
  tell,
  broken,
  insteadRead,
}: Hearing): Promise<Ears> {
  const { portalId } = simulator.portal.definition.account;
  const read = insteadRead(changeReader(config));
  const queue = new MemoryQueue(clock, { batchSize: plan.messagesPerBatch });
  const secrets = [firstSecret];
  const endpoint = await openEndpoint({ clock, secrets, enqueue: (message) => queue.send(message) });
  const idle: Process[] = [];
  const living = new Set<Life>();
  let batches = 0;
  let deaths = 0;

  const buried = (letters: readonly DeadLetter[]): void => {
    count('webhook dead letters', letters.length);
    for (const { error, because } of letters) {
      tell(`  a dead letter: ${error}: ${because}`);
      const isOurs = error === 'PayloadError' && plan.strays.some(({ what }) => unreadable.includes(what));
      if (!isOurs && !excused.includes(error)) broken.push(`a dead letter: ${error}: ${because}`);
    }
  };
  const watched: Store = {
    ...store,
    saveDeadLetters: async (letters) => {
      if (letters.length > 0) buried(letters);
      await store.saveDeadLetters(letters);
    },
  };

  const apply = async (messages: readonly QueuedMessage[]): Promise<Consumed> => {
    const batch = ++batches;
    const crash = plan.crashes.find((each) => each.batch === batch);
    const life = new Life(crash);
    const process = idle.pop() ?? born();
    process.mortal.life = life;
    living.add(life);
    const deliveries = messages.map(deliveryOf);
    const changes = deliveries.flatMap(({ content }) =>
      'body' in content ? read(content.body, String(portalId)).changes : [],
    );
    const consumed = await meter.consuming(metersStore, changes);
    const connector = {
      crm: life.within(process.crm),
      store: life.within(watched),
      clock,
      config,
      holder: `batch ${batch}`,
    };
    const ended = consumeDeliveries(connector, deliveries, { read }).catch((error: unknown) => error as Error);
    const end = await Promise.race([ended, life.death]);
    living.delete(life);
    count('webhook batches');
    if (end === 'died') {
      deaths += 1;
      count('crash of webhooks');
      meter.crashed();
      tell(`  batch ${batch}, ${changes.length} changes: its process dies`);
      if (crash?.all) endPoll();
      throw new Died();
    }
    idle.push(process);
    if (end instanceof Error) throw end;
    const isApplied =
      end.failed.length === 0 && end.dead === 0 && Object.keys(end.ignored).every((why) => why !== tooEarly);
    if (isApplied) consumed();
    for (const what of ['told', 'read', 'departed'] as const) count(`webhooks: ${what}`, end[what]);
    count('webhooks: handed out again', end.failed.length);
    tell(`  batch ${batch}, ${changes.length} changes: ${summary(end)}`);
    return end;
  };
  queue.consume((messages) =>
    apply(messages).catch((error: Error) => {
      if (!(error instanceof Died)) broken.push(`a batch of webhooks: ${error.stack}`);
      throw error;
    }),
  );
  simulator.webhooks.sendTo({ url: endpoint.url });

  const at = (moment: number): Promise<void> => clock.sleep(start + moment - clock.now());
  let away = 0;
  const happenings = [
    ...plan.absences.map(async ({ from, to }) => {
      await at(from);
      away += 1;
      simulator.webhooks.down();
      tell('the endpoint of webhooks is away');
      await at(to);
      away -= 1;
      if (away > 0) return;
      simulator.webhooks.up();
      tell('the endpoint of webhooks is back');
    }),
    ...plan.rotations.map(async ({ at: moment, lasting }, index) => {
      await at(moment);
      const [before, after] = [secretOf(index), secretOf(index + 1)];
      secrets.push(after);
      await at(moment + lasting / 2);
      simulator.webhooks.rotateSecret(after);
      await at(moment + lasting);
      secrets.splice(secrets.indexOf(before), 1);
      count('webhook secret rotated');
    }),
    ...plan.strays.map(async ({ at: moment, what }) => {
      await at(moment);
      const contact = simulator.portal.records.contacts.all().find(({ archived }) => !archived)?.id;
      if (contact === undefined) return;
      const clientSecret = secrets[0] as string;
      const status = await stray(what, { url: endpoint.url, clientSecret, now: clock.now(), portalId, contact });
      count(`webhook ${what}`);
      tell(`a request to the endpoint, ${what}: ${status}`);
      const wanted = refused.includes(what) ? 401 : 204;
      if (status !== wanted) broken.push(`a request to the endpoint, ${what}, was answered ${status}`);
    }),
  ];

  return {
    endAll: () => {
      for (const life of living) life.end();
    },
    settled: async () => {
      await Promise.all(happenings);
      await simulator.webhooks.settled();
      await queue.empty();
      const { events, delivered, givenUp, duplicates, failedAttempts } = simulator.webhooks.counts;
      const figures = { events, delivered, 'given up': givenUp, duplicates, 'sent in vain': failedAttempts };
      for (const [what, times] of Object.entries(figures)) count(`webhooks: ${what}`, times);
      const aside = queue.deadLetters.length;
      count('webhooks: put aside by the queue', aside);
      // It does so only where whoever had a message for the last time died of it.
      if (aside > 0 && deaths === 0) broken.push(`the queue put ${aside} messages aside`);
      tell(`webhooks are settled: ${delivered} delivered, ${givenUp} given up`);
    },
    close: async () => {
      queue.close();
      await endpoint.close();
    },
  };
}

const summary = ({ told, read, departed, failed, dead }: Consumed): string =>
  [
    `${told} told, ${read} read, ${departed} departed`,
    ...(failed.length > 0 ? [`${failed.length} messages are handed out again`] : []),
    ...(dead > 0 ? [`${dead} dead letters`] : []),
  ].join(', ');

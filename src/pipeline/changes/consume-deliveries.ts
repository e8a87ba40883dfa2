import { ConnectorError } from '#platform/errors.ts';
import { zoneOf } from '../../domain/time/zone.ts';
import { accountState, type Connector, type Deadline } from '../connector.ts';
import type { Account, ChangesRead } from '../ports.ts';
import { readDue } from '../sync/read-due.ts';
import { isOver, type Syncing } from '../sync/syncing.ts';
import { applyChanges, type ChangesApplied } from './apply-changes.ts';
import { deadLetter, isRetryable, type LetterOfChange, unreadable } from './dead-letter.ts';

/** A message of the queue: the body of a webhook, or why it is none. */
export interface Delivery {
  /** The queue's name for the message. */
  readonly messageId: string;
  /** How often the queue has handed it out, this time included. */
  readonly attempt: number;
  readonly content: { readonly body: string } | { readonly raw: string; readonly because: string };
}

/** Reads the body of a webhook for a portal. */
export type ReadChanges = (body: string, portalId: string) => ChangesRead;

/** What a batch of deliveries came to. */
export interface Consumed extends ChangesApplied {
  /** Messages to be handed out again. */
  readonly failed: readonly string[];
  readonly dead: number;
  /** Events that are none of our business, by why. */
  readonly ignored: Readonly<Record<string, number>>;
}

/** How deliveries are consumed. */
export interface Consuming extends Deadline {
  readonly read: ReadChanges;
  /** Whether a delivery is to come again for an error, rather than be given up. */
  readonly mayPass?: (error: unknown) => boolean;
}

/** From this attempt on, what cannot be applied is a dead letter. */
export const lastAttempt = 9;

const nothingApplied: ChangesApplied = { told: 0, read: 0, departed: 0, idle: {} };

/**
 * Applies the changes of many deliveries at once, so that what has to be read is read together. Where HubSpot or the store
 * cannot now, the deliveries come again; what can never be applied, or was tried often enough, is found one record at a
 * time and kept as a dead letter with its reason, and holds nobody else up.
 */
export async function consumeDeliveries(
  connector: Connector,
  deliveries: readonly Delivery[],
  { read, deadline = Number.POSITIVE_INFINITY, mayPass = isRetryable }: Consuming,
): Promise<Consumed> {
  const { store, clock } = connector;
  const account = await store.readState<Account>(accountState);
  // Before the first pull there is nothing to keep up to date: it reads everything.
  if (!account)
    return { ...nothingApplied, failed: [], dead: 0, ignored: { 'nothing was pulled yet': deliveries.length } };

  const heard = deliveries.map((delivery): Heard => ({ delivery, heard: changesIn(delivery, account.portalId, read) }));
  const malformed = heard.flatMap(({ heard: { malformed } }) => malformed.map((each) => unreadable(each, clock.now())));
  await store.saveDeadLetters(malformed);
  const report = { failed: [], dead: malformed.length, ignored: sumOf(heard.map(({ heard: { ignored } }) => ignored)) };
  const syncing: Syncing = { ...connector, zone: zoneOf(account.timeZone), deadline };
  const all = heard.flatMap(({ heard: { changes } }) => changes);
  try {
    const applied = await applyChanges(syncing, all);
    if (deliveries.some(({ attempt }) => attempt > 1)) await readLeftBehind(syncing);
    return { ...applied, ...report };
  } catch (error) {
    const isOurs = error instanceof ConnectorError;
    // A fault in one record is found at once: it must not hold the others up.
    const isFinal = ({ delivery }: Heard): boolean => !isOurs || !mayPass(error) || delivery.attempt >= lastAttempt;
    const failed = heard.filter((each) => !isFinal(each)).map(({ delivery }) => delivery.messageId);
    const { dead, again, ...applied } = await applyOneByOne(syncing, heard.filter(isFinal), mayPass);
    return { ...applied, ...report, failed: [...failed, ...again], dead: report.dead + dead };
  }
}

/**
 * An attempt that was cut off may have noted what it did not come to read; to the next one its changes are known already, so
 * that nothing is noted. What cannot be read now stays noted, for the pull.
 */
const readLeftBehind = (syncing: Syncing): Promise<unknown> =>
  readDue(syncing, 'one call of each').catch((error: unknown) => {
    if (!(error instanceof ConnectorError)) throw error;
  });

const changesIn = ({ content }: Delivery, portalId: string, read: ReadChanges): ChangesRead =>
  'body' in content ? read(content.body, portalId) : { changes: [], ignored: {}, malformed: [content] };

/** A delivery, and what it says. */
interface Heard {
  readonly delivery: Delivery;
  readonly heard: ChangesRead;
}

/** What applying record by record came to: changes given up, and deliveries that are to come again. */
interface OneByOne extends ChangesApplied {
  readonly dead: number;
  readonly again: readonly string[];
}

/** Record by record; what fails is a dead letter, unless it may succeed at another attempt. */
async function applyOneByOne(
  syncing: Syncing,
  heard: readonly Heard[],
  mayPass: (error: unknown) => boolean,
): Promise<OneByOne> {
  const told = heard.flatMap(({ delivery, heard: { changes } }) => changes.map((change) => ({ delivery, change })));
  const all: ChangesApplied[] = [];
  const again = new Set<string>();
  let dead = 0;
  for (const ofRecord of Map.groupBy(told, ({ change: { kind, id } }) => `${kind} ${id}`).values()) {
    if (isOver(syncing)) {
      for (const { delivery } of ofRecord) again.add(delivery.messageId);
      continue;
    }
    try {
      all.push(
        await applyChanges(
          syncing,
          ofRecord.map(({ change }) => change),
        ),
      );
    } catch (error) {
      const comesAgain = ({ delivery }: Pick<Heard, 'delivery'>): boolean =>
        mayPass(error) && delivery.attempt < lastAttempt;
      for (const each of ofRecord) if (comesAgain(each)) again.add(each.delivery.messageId);
      const lost = ofRecord.filter((each) => !comesAgain(each));
      await giveUp(
        syncing,
        lost.map(({ change }) => deadLetter(change, error, syncing.clock.now())),
      );
      dead += lost.length;
    }
  }
  const total = (of: 'told' | 'read' | 'departed'): number => all.reduce((sum, each) => sum + each[of], 0);
  const idle = sumOf(all.map((each) => each.idle));
  return { told: total('told'), read: total('read'), departed: total('departed'), idle, dead, again: [...again] };
}

/** Keeps letters, unless whom they are about was erased meanwhile. */
async function giveUp({ store }: Syncing, letters: readonly LetterOfChange[]): Promise<void> {
  const [first] = letters;
  if (!first) return;
  await store.saveDeadLetters(letters);
  const { kind, id } = first.content.change;
  if ((await store.departures(kind, [id])).get(id)?.why === 'erased') await store.dropDeadLetters(letters);
}

const sumOf = (counts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const each of counts) for (const [name, n] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + n;
  return sums;
};

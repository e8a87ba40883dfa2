import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import { zoneOf } from '../../domain/time/zone.ts';
import { type Connector, storedAccount } from '../connector.ts';
import type { Change, ChangesRead, DeadLetter } from '../ports.ts';
import type { Syncing } from '../sync/syncing.ts';
import { applyChanges } from './apply-changes.ts';
import { deadLetter, type ReadChanges } from './consume-deliveries.ts';

/** Which dead letters; all that is left out is any. */
export interface LetterChoice {
  /** Given up from this moment on (milliseconds since the epoch), and before that one. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly kind?: RecordKind | undefined;
  readonly id?: RecordId | undefined;
  /** The class of the error. */
  readonly error?: string | undefined;
}

/** What became of one dead letter. */
export interface Redriven {
  readonly letter: DeadLetter;
  /** `applied`: it counts now, or did already. `dead`: still, for the reason given. */
  readonly outcome: 'applied' | 'dead';
  readonly because: string | null;
}

export const isChosen = ({ at, kind, id, error }: DeadLetter, choice: LetterChoice): boolean =>
  at >= (choice.since ?? Number.NEGATIVE_INFINITY) &&
  at < (choice.until ?? Number.POSITIVE_INFINITY) &&
  (choice.kind === undefined || kind === choice.kind) &&
  (choice.id === undefined || id === choice.id) &&
  (choice.error === undefined || error === choice.error);

/**
 * Applies dead letters again, each for itself: those that can be applied by now are dropped, the others stay with the
 * reason of today. Can be done any number of times. @throws ConfigurationError before the first pull.
 */
export async function redrive(connector: Connector, choice: LetterChoice, read: ReadChanges): Promise<Redriven[]> {
  const { store, clock } = connector;
  const { portalId, timeZone } = await storedAccount(store);
  const syncing: Syncing = { ...connector, zone: zoneOf(timeZone), deadline: Number.POSITIVE_INFINITY };
  const redriven: Redriven[] = [];
  for await (const letter of store.deadLetters()) {
    if (!isChosen(letter, choice)) continue;
    const changes = changesIn(letter, (raw) => read(raw, portalId));
    let because = changes === null ? letter.because : null;
    let failure: DeadLetter = letter;
    try {
      await applyChanges(syncing, changes ?? []);
    } catch (error) {
      const [change] = changes as readonly [Change, ...Change[]];
      failure = { ...letter, ...pick(deadLetter(change, error, clock.now())) };
      because = failure.because;
    }
    if (because === null) await store.dropDeadLetters([letter]);
    else await store.saveDeadLetters([failure]);
    redriven.push({ letter, outcome: because === null ? 'applied' : 'dead', because });
  }
  return redriven;
}

const pick = ({ at, error, because }: DeadLetter) => ({ at, error, because });

/** The changes of a letter; null where its body still cannot be read. */
function changesIn({ content }: DeadLetter, read: (raw: string) => ChangesRead): readonly Change[] | null {
  if ('change' in content) return [content.change];
  const isWhole = content.raw.trimStart().startsWith('[');
  const { changes, malformed } = read(isWhole ? content.raw : `[${content.raw}]`);
  return malformed.length > 0 ? null : changes;
}

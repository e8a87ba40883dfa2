import type { RecordId, RecordKind } from '../../domain/records/record.ts';
import { zoneOf } from '../../domain/time/zone.ts';
import { bindAccount, type Connector, storedAccount } from '../connector.ts';
import type { ChangesRead, DeadLetter } from '../ports.ts';
import type { Syncing } from '../sync/syncing.ts';
import { applyChanges } from './apply-changes.ts';
import type { ReadChanges } from './consume-deliveries.ts';
import { deadLetter, isBusy, type LetterOfChange, reasonOf, unreadable } from './dead-letter.ts';

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
  /**
   * `applied`: it counts now, or did already. `ignored`: it is none of our business by now. `dead`: still, for the reason
   * given.
   */
  readonly outcome: 'applied' | 'ignored' | 'dead';
  readonly because: string | null;
}

export const isChosen = ({ at, kind, id, error }: DeadLetter, choice: LetterChoice): boolean =>
  at >= (choice.since ?? Number.NEGATIVE_INFINITY) &&
  at < (choice.until ?? Number.POSITIVE_INFINITY) &&
  (choice.kind === undefined || kind === choice.kind) &&
  (choice.id === undefined || id === choice.id) &&
  (choice.error === undefined || error === choice.error);

/** As many letters are applied at a time: what has to be read of them is read together. */
const together = 200;
/** Nobody waits for a HubSpot that is away: after so many records in a row that could not be tried, the rest is left. */
const patience = 3;

/**
 * Applies dead letters again. Those that can be applied by now are dropped; the others stay, since when they were given up,
 * with the reason of today. Can be done any number of times, and beside a pull: give the connector a `holder` of its own.
 * @throws ConfigurationError before the first pull, and for another portal's token.
 */
export async function redrive(connector: Connector, choice: LetterChoice, read: ReadChanges): Promise<Redriven[]> {
  const { store } = connector;
  await storedAccount(store);
  const chosen = (await Array.fromAsync(store.deadLetters())).filter((letter) => isChosen(letter, choice));
  if (chosen.length === 0) return [];
  const { portalId, timeZone } = await bindAccount(connector);
  const syncing: Syncing = { ...connector, zone: zoneOf(timeZone), deadline: Number.POSITIVE_INFINITY };
  const redriven: Redriven[] = [];
  const letters: LetterOfChange[] = [];
  for (const letter of chosen) {
    if (isOfChange(letter)) letters.push(letter);
    else {
      const { ended, opened } = await open(connector, letter, (raw) => read(raw, portalId));
      redriven.push(...ended);
      letters.push(...opened);
    }
  }
  for (let from = 0; from < letters.length; from += together)
    redriven.push(...(await applyLetters(syncing, letters.slice(from, from + together))));
  return redriven;
}

const isOfChange = (letter: DeadLetter): letter is LetterOfChange => 'change' in letter.content;

interface Opened {
  readonly ended: readonly Redriven[];
  /** Letters that have taken its place. */
  readonly opened: readonly LetterOfChange[];
}

/** What could not be read gives way to a letter for each change that can be read in it by now. */
async function open({ store }: Connector, letter: DeadLetter, read: (raw: string) => ChangesRead): Promise<Opened> {
  const { changes, ignored, malformed } = readRaw('raw' in letter.content ? letter.content.raw : '', read);
  const reasons = Object.keys(ignored);
  if (changes.length + reasons.length === 0) return { ended: [stillDead(letter)], opened: [] };

  const { at, error, because } = letter;
  const opened = changes.map((change) => ({ ...deadLetter(change, null, at), error, because }));
  const left = malformed.map((each) => unreadable(each, at));
  await store.saveDeadLetters([...opened, ...left]);
  await store.dropDeadLetters([letter]);
  if (opened.length + left.length > 0) return { ended: left.map(stillDead), opened };
  return { ended: [{ letter, outcome: 'ignored', because: reasons.join(', ') }], opened };
}

/** A whole body, or one event of it. */
function readRaw(raw: string, read: (raw: string) => ChangesRead): ChangesRead {
  const whole = read(raw);
  return whole.malformed.length > 0 && raw.startsWith('{') ? read(`[${raw}]`) : whole;
}

const stillDead = (letter: DeadLetter): Redriven => ({ letter, outcome: 'dead', because: letter.because });

const changesOf = (letters: readonly LetterOfChange[]) => letters.map(({ content }) => content.change);

/** All at once, or, where that fails, record by record. */
async function applyLetters(syncing: Syncing, letters: readonly LetterOfChange[]): Promise<Redriven[]> {
  try {
    return await applyTogether(syncing, letters);
  } catch {
    const redriven: Redriven[] = [];
    let busy = 0;
    for (const ofRecord of Map.groupBy(letters, ({ kind, id }) => `${kind} ${id}`).values()) {
      if (busy >= patience) {
        redriven.push(...ofRecord.map(stillDead));
        continue;
      }
      try {
        redriven.push(...(await applyTogether(syncing, ofRecord)));
        busy = 0;
      } catch (error) {
        busy = isBusy(error) ? busy + 1 : 0;
        const today = ofRecord.map((letter) => ({ ...letter, ...reasonOf(error) }));
        await syncing.store.saveDeadLetters(today);
        redriven.push(...today.map(stillDead));
      }
    }
    return redriven;
  }
}

async function applyTogether(syncing: Syncing, letters: readonly LetterOfChange[]): Promise<Redriven[]> {
  await applyChanges(syncing, changesOf(letters));
  await syncing.store.dropDeadLetters(letters);
  return letters.map((letter) => ({ letter, outcome: 'applied', because: null }));
}

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What changed a simulated portal: a call that wrote something, or time passing. `at` is in milliseconds. */
export type JournalEntry =
  | {
      readonly at: number;
      readonly change: 'call';
      readonly method: string;
      readonly target: string;
      readonly bodyText: string;
    }
  | { readonly at: number; readonly change: 'time' };

/** Everything that happened to a simulated portal since it was made, in order. */
export interface Journal {
  /** What earlier processes left. */
  readonly entries: readonly JournalEntry[];
  /** Keeps an entry before this returns: what a client was told happened survives the death of the process. */
  append(entry: JournalEntry): void;
}

/** Opens a journal file; a last line cut short by a crash was never acknowledged and is left out. */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const entries = whole.split('\n').flatMap((line) => (line ? [JSON.parse(line) as JournalEntry] : []));
  if (text.length > whole.length) writeFileSync(path, whole);
  return { entries, append: (entry) => appendFileSync(path, `${JSON.stringify(entry)}\n`) };
}

/** When the last entry of a journal happened, without touching the file; 0 of one that is empty or not there. */
export function lastMoment(path: string): number {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n'));
  const last = whole.slice(whole.lastIndexOf('\n') + 1);
  return last ? (JSON.parse(last) as JournalEntry).at : 0;
}

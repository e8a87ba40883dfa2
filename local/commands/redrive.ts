import { randomUUID } from 'node:crypto';
import Table from 'cli-table3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseAsOf } from '#domain/metrics/window.ts';
import { type RecordId, type RecordKind, recordKinds } from '#domain/records/record.ts';
import { isChosen, type LetterChoice, type Redriven, redrive } from '#pipeline/changes/redrive.ts';
import { portalZone } from '#pipeline/connector.ts';
import type { DeadLetter, Store } from '#pipeline/ports.ts';
import { plainTable } from '../plain-table.ts';
import { openReadingSession, openSession } from '../session.ts';
import { queuedReader } from '../webhooks/queued-reader.ts';
import { chosenPortal, type PortalChoice, portalOptions, typed } from './options.ts';

interface Chosen {
  readonly kind: RecordKind;
  readonly id?: RecordId;
}

interface RedriveFlags extends PortalChoice {
  readonly list?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly object?: Chosen;
  readonly error?: string;
  readonly json?: boolean;
}

const kindNames = recordKinds.join(', ');

function object(text: string): Chosen {
  const [name = '', id, ...more] = text.split('/');
  const kind = recordKinds.find((each) => each === name);
  if (!kind || more.length > 0 || (id !== undefined && !/^\d+$/.test(id)))
    throw new InvalidArgumentError(`It must be a kind (${kindNames}), or a record such as contact/123.`);
  return { kind, ...(id !== undefined && { id }) };
}

/** `cx redrive`: the changes that could not be applied, and another try. */
export const redriveCommand = new Command('redrive')
  .description('apply changes again that could not be applied, and say what became of each; --list shows them')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.table)
  .option('--list', 'list them, with the reason; changes nothing')
  .option('--since <when>', 'given up since then: a date, an instant, or 90m, 24h, 7d before now')
  .option('--until <when>', 'given up before then, said in the same ways')
  .addOption(new Option('--object <kind[/id]>', `of a kind, or of one record (${kindNames})`).argParser(object))
  .option('--error <class>', 'of a class of errors, as the list names it')
  .option('--json', 'print one JSON document to standard output')
  .action(({ list, ...flags }: RedriveFlags) => (list ? listed(flags) : redriven(flags)));

const none = 'No dead letters: every change could be applied, or none of them was chosen.\n';
const everyMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Which letters are meant. @throws RangeError for what is no moment; ConfigurationError before the first pull. */
async function choiceOf(store: Store, { since, until, object, error }: RedriveFlags, now: () => number) {
  const zone = await portalZone(store);
  const moment = (text: string | undefined): number | undefined => {
    const [, n = '', unit = ''] = /^(\d+)([mhd])$/.exec(text ?? '') ?? [];
    if (unit) return now() - Number(n) * (everyMs[unit] ?? 0);
    return text === undefined ? undefined : parseAsOf(text, zone);
  };
  return { since: moment(since), until: moment(until), ...object, error } satisfies LetterChoice;
}

async function listed({ json, ...flags }: RedriveFlags): Promise<void> {
  const { store, now, close } = await openReadingSession({ ...flags, portal: chosenPortal(flags) });
  try {
    const choice = await choiceOf(store, flags, now);
    const letters = (await Array.fromAsync(store.deadLetters()))
      .filter((letter) => isChosen(letter, choice))
      .sort((a, b) => a.at - b.at);
    if (json) process.stdout.write(document(letters.map(printed)));
    else process.stdout.write(letters.length === 0 ? none : table(letters, typed(flags)));
  } finally {
    await close();
  }
}

async function redriven({ json, ...flags }: RedriveFlags): Promise<void> {
  const session = await openSession({ ...flags, portal: chosenPortal(flags), fresh: false });
  try {
    const { connector } = session;
    const choice = await choiceOf(connector.store, flags, () => connector.clock.now());
    // It commits as the function behind the queue does, beside whoever pulls: a name of its own, and no turn.
    const holder = `cx redrive ${randomUUID()}`;
    const outcomes = await redrive({ ...connector, holder }, choice, queuedReader(connector.config));
    const rows = outcomes.map(({ letter, outcome, because }) => ({ ...printed(letter), outcome, because }));
    if (json) process.stdout.write(document(rows));
    else process.stdout.write(outcomes.length === 0 ? none : told(outcomes));
    if (outcomes.some(({ outcome }) => outcome === 'dead')) process.exitCode = 1;
  } finally {
    await session.close();
  }
}

/** Neither the value nor the body: both hold what people wrote. */
const printed = ({ at, kind, id, error, because }: DeadLetter) => ({
  at: new Date(at).toISOString(),
  kind,
  id,
  error,
  because,
});

const document = (rows: readonly unknown[]): string => `${JSON.stringify(rows, null, 2)}\n`;
const nameOf = ({ kind, id }: DeadLetter): string => (kind === null ? '(unreadable)' : `${kind} ${id}`);

function table(letters: readonly DeadLetter[], flags: string): string {
  const lines = new Table(plainTable(['Given up', 'Record', 'Error', 'Why']));
  for (const letter of letters) {
    const { at, error, because } = printed(letter);
    lines.push([at, nameOf(letter), error, because]);
  }
  const n = letters.length.toLocaleString('en');
  return `${lines.toString()}\n\n${n} in all. Mend the cause, then npm run cx -- redrive${flags} applies them again.\n`;
}

const outcomes: Readonly<Record<Redriven['outcome'], string>> = {
  applied: 'applied; it counts from the next run on',
  ignored: 'of no interest',
  dead: 'still cannot be applied',
};

function told(rows: readonly Redriven[]): string {
  const lines = rows.map(
    ({ letter, outcome, because }) =>
      `${nameOf(letter)}: ${outcomes[outcome]}${because === null ? '' : ` (${because})`}\n`,
  );
  const left = rows.filter(({ outcome }) => outcome === 'dead').length;
  const of = rows.length.toLocaleString('en');
  return `${lines.join('')}${(rows.length - left).toLocaleString('en')} of ${of} dealt with, ${left.toLocaleString('en')} left.\n`;
}

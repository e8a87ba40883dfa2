import Table from 'cli-table3';
import { Command } from 'commander';
import { compareIds } from '#domain/records/record.ts';
import type { QuarantinedRecord, Store } from '#pipeline/ports.ts';
import { type Retried, retryQuarantined } from '#pipeline/retry-quarantined.ts';
import { plainTable } from '../plain-table.ts';
import { openReadingSession, openSession } from '../session.ts';
import { chosenPortal, type PortalChoice, portalOptions, typed } from './options.ts';

interface QuarantineFlags extends PortalChoice {
  readonly retry?: boolean;
  readonly json?: boolean;
}

/** `cx quarantine`: the records that could not be read, and another try. */
export const quarantineCommand = new Command('quarantine')
  .description('list the records that could not be read, with the reason; --retry reads them again')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.table)
  .option('--retry', 'read them again from HubSpot and say what became of each')
  .option('--json', 'print one JSON document to standard output')
  .action(({ retry, json, ...choice }: QuarantineFlags) => (retry ? retried : listed)(choice, json ?? false));

const clean = 'Nothing is in quarantine: every record HubSpot showed could be read.\n';
const idOf = (id: string): string => (id === '?' ? '(no id)' : id);

async function listed(choice: PortalChoice, json: boolean): Promise<void> {
  const { store, close } = await openReadingSession({ ...choice, portal: chosenPortal(choice) });
  try {
    const held = await heldRecords(store);
    process.stdout.write(json ? document(held.map(printed)) : held.length === 0 ? clean : list(held, typed(choice)));
  } finally {
    await close();
  }
}

async function retried(choice: PortalChoice, json: boolean): Promise<void> {
  const session = await openSession({ ...choice, portal: chosenPortal(choice), fresh: false });
  try {
    const retry = async () => ({ done: true, outcomes: await retryQuarantined(session.connector) });
    const { outcomes } = await session.turns(retry);
    process.stdout.write(json ? document(outcomes) : outcomes.length === 0 ? clean : told(outcomes));
  } finally {
    await session.close();
  }
}

const heldRecords = async (store: Store): Promise<QuarantinedRecord[]> =>
  (await Array.fromAsync(store.quarantined())).sort(
    (a, b) => a.kind.localeCompare(b.kind, 'en') || compareIds(a.id, b.id),
  );

const printed = ({ since, ...row }: QuarantinedRecord) => ({ ...row, since: new Date(since).toISOString() });
const document = (rows: readonly unknown[]): string => `${JSON.stringify(rows, null, 2)}\n`;

function list(held: readonly QuarantinedRecord[], flags: string): string {
  const table = new Table(plainTable(['Kind', 'Id', 'Since', 'Why'], ['Id']));
  for (const { kind, id, since, because } of held) table.push([kind, idOf(id), new Date(since).toISOString(), because]);
  return `${table.toString()}\n\nEverything else goes on, with what was last read of these. npm run cx -- quarantine --retry${flags} reads them again.\n`;
}

const outcomes: Readonly<Record<Retried['outcome'], string>> = {
  read: 'read; it counts from the next run on',
  unreadable: 'still cannot be read',
  gone: 'no longer in HubSpot',
  refused: 'not given by HubSpot now',
  'let go': 'cannot be asked for without an id; it is held again when it shows up again',
};

function told(rows: readonly Retried[]): string {
  const lines = rows.map(
    ({ kind, id, outcome, because }) =>
      `${kind} ${idOf(id)}: ${outcomes[outcome]}${because === null ? '' : ` (${because})`}\n`,
  );
  const read = rows.filter(({ outcome }) => outcome === 'read').length;
  return `${lines.join('')}${read.toLocaleString('en')} of ${rows.length.toLocaleString('en')} could be read.\n`;
}

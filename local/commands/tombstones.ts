import { readFile, rename, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { storedAccount } from '#pipeline/connector.ts';
import { replayDepartures } from '#pipeline/replay-departures.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { systemClock } from '#platform/system-clock.ts';
import { objectNames } from '../object-names.ts';
import { progressPrinter } from '../progress.ts';
import { openReadingSession } from '../session.ts';
import { printTombstones, readTombstones } from '../tombstones.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

const withPortal = (command: Command): Command =>
  command
    .addOption(portalOptions.portal)
    .addOption(portalOptions.seed)
    .addOption(portalOptions.scale)
    .addOption(portalOptions.config)
    .addOption(portalOptions.table);

const count = (n: number): string => n.toLocaleString('en');

const exportCommand = withPortal(new Command('export'))
  .description('write the ids of all records that departed as JSON lines; no other data')
  .argument('[file]', 'where to; standard output unless named')
  .action(async (file: string | undefined, choice: PortalChoice) => {
    const { store, close } = await openReadingSession({ ...choice, portal: chosenPortal(choice) });
    try {
      const { portalId } = await storedAccount(store);
      const departures = await Array.fromAsync(store.allDepartures());
      const text = printTombstones(departures, portalId, systemClock.now());
      if (file === undefined) process.stdout.write(text);
      else await replaceFile(file, text);
      process.stderr.write(
        `${count(departures.length)} tombstones of portal ${portalId}${file ? ` in ${file}` : ''}.\n`,
      );
    } finally {
      await close();
    }
  });

/** A file cut short by a crash never takes the place of a whole one. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

const replayCommand = withPortal(new Command('replay'))
  .description('have the records named in a file depart again, after a restore from a backup; HubSpot is not called')
  .argument('<file>', 'what `cx tombstones export` wrote')
  .action(async (file: string, choice: PortalChoice) => {
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw new ConfigurationError(`${file} cannot be read: ${cause.message}`, 'Name a file that is there.', { cause });
    });
    const choiceOf = { ...choice, portal: chosenPortal(choice) };
    const { store, turns, close } = await openReadingSession(choiceOf, { alone: true });
    try {
      const { portalId } = await storedAccount(store);
      const departures = readTombstones(text, { file, portalId });
      const printer = progressPrinter(process.stderr, () => performance.now());
      const replaying = { store, clock: systemClock, onProgress: printer.show };
      const replay = async () => ({ done: true, ...(await replayDepartures(replaying, departures)) });
      const { replayed, live } = await turns(replay);
      printer.end();
      const found = Object.entries(live).map(
        ([kind, n]) => `${count(n)} ${objectNames[kind as keyof typeof objectNames].replaceAll('_', ' ')}`,
      );
      process.stdout.write(
        `${count(replayed)} tombstones replayed. ${found.length > 0 ? `Found live again and removed: ${found.join(', ')}` : 'None of these records was there'}.\n`,
      );
    } finally {
      await close();
    }
  });

/** `cx tombstones`: keeps what was erased erased through a restore from a backup. */
export const tombstonesCommand = new Command('tombstones')
  .description('take the ids of departed records out of a store, and replay them after a restore from a backup')
  .addCommand(exportCommand)
  .addCommand(replayCommand);

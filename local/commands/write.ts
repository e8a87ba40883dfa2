import { Command } from 'commander';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { undoWrites } from '#pipeline/undo-writes.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { openSession } from '../session.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

interface WriteFlags extends PortalChoice {
  readonly undo?: boolean;
  readonly go?: boolean;
}

const shown = 10;

/** `cx write`: what would be written, the writing itself, and its undo. */
export const writeCommand = new Command('write')
  .description('show what waits to be written to HubSpot, write it, or undo the last writing')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .option('--go', 'write what waits')
  .option('--undo', 'put back what our properties held before the last writing; again goes further back')
  .action(async ({ undo, go, ...choice }: WriteFlags) => {
    const session = await openSession({ ...choice, portal: chosenPortal(choice), fresh: false });
    const { connector } = session;
    try {
      if (undo) {
        const { run, restored, refused } = await undoWrites(connector);
        process.stdout.write(
          run === null
            ? 'There is no writing to undo.\n'
            : `Undid the writing of ${run}: ${restored} records restored, ${refused.length} refused.\n`,
        );
        return;
      }
      await scoreCustomers(connector, { asOf: session.asOf() });
      if (go) {
        const { written, refused } = await writeBack(connector, { mode: 'write' });
        process.stdout.write(`${written} records written, ${refused.length} refused.\n`);
        for (const { kind, id, because, remedy } of refused)
          process.stdout.write(`  ${kind} ${id}: ${because} ${remedy}\n`);
        return;
      }
      let waiting = 0;
      for (const kind of ['company', 'contact'] as const)
        for await (const pending of connector.store.pendingWrites(kind)) {
          if (waiting++ >= shown) continue;
          process.stdout.write(`${kind} ${pending.id}\n`);
          for (const [property, value] of Object.entries(pending.wanted))
            if (value) process.stdout.write(`    ${property} = ${value.replaceAll('\n', ' | ')}\n`);
        }
      process.stdout.write(
        `${waiting} records wait to be written${waiting > shown ? `; the first ${shown} are shown` : ''}. Nothing was sent.\n`,
      );
    } finally {
      await session.close();
    }
  });

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ConfigurationError } from '#platform/errors.ts';
import { openSession } from '../session.ts';
import { type Replayed, replayWebhooks } from '../webhooks/replay.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

const replayCommand = new Command('replay')
  .description('verify webhooks that were queued before, with HUBSPOT_CLIENT_SECRET, and apply them')
  .argument('<file>', 'messages of the queue or of its dead letters, one a line')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.table)
  .action(async (file: string, choice: PortalChoice) => {
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw new ConfigurationError(`${file} cannot be read: ${cause.message}`, 'Name a file that is there.', { cause });
    });
    const secrets = clientSecrets();
    const session = await openSession({ ...choice, portal: chosenPortal(choice), fresh: false });
    try {
      const replayed = await replayWebhooks(session.connector, text, secrets);
      process.stdout.write(told(replayed, file));
      if (replayed.leftOut.length + replayed.dead > 0) process.exitCode = 1;
    } finally {
      await session.close();
    }
  });

/** As the deployed secret has them: the old and the new one during a rotation, apart by white space. */
function clientSecrets(): readonly string[] {
  const secrets = (process.env['HUBSPOT_CLIENT_SECRET'] ?? '').split(/\s+/).filter(Boolean);
  if (secrets.length === 0)
    throw new ConfigurationError(
      'There is no client secret to verify webhooks with.',
      'Set HUBSPOT_CLIENT_SECRET to the client secret of your app (Auth tab); if it was rotated since, to the old and the new one, with a space between.',
    );
  return secrets;
}

const count = (n: number): string => n.toLocaleString('en');

function told({ applied, told, read, departed, dead, leftOut }: Replayed, file: string): string {
  return [
    ...leftOut.map(({ line, because }) => `${file}, line ${line}: left out. ${because}\n`),
    `${count(applied)} of ${count(applied + leftOut.length)} webhooks applied: ${count(told)} records told, ${count(read)} read, ${count(departed)} gone.\n`,
    ...(dead > 0
      ? [
          `${count(dead)} ${dead === 1 ? 'change' : 'changes'} could not be applied: cx redrive --list says which and why.\n`,
        ]
      : []),
  ].join('');
}

/** `cx webhook`: what was received before. */
export const webhookCommand = new Command('webhook')
  .description('replay webhooks that were received before, such as those in a dead-letter queue')
  .addCommand(replayCommand);

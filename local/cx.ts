#!/usr/bin/env node
import { Command } from 'commander';
import { explainCommand } from './commands/explain.ts';
import { forecastCommand } from './commands/forecast.ts';
import { portalCommand } from './commands/portal.ts';
import { quarantineCommand } from './commands/quarantine.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { redriveCommand } from './commands/redrive.ts';
import { runCommand } from './commands/run.ts';
import { tombstonesCommand } from './commands/tombstones.ts';
import { webhookCommand } from './commands/webhook.ts';
import { writeCommand } from './commands/write.ts';
import { messageOf } from './message-of.ts';

const program = new Command('cx')
  .description('HubSpot customer-experience connector: pull, measure, score, write back — on this machine.')
  .addCommand(runCommand)
  .addCommand(writeCommand)
  .addCommand(explainCommand)
  .addCommand(quarantineCommand)
  .addCommand(redriveCommand)
  .addCommand(webhookCommand)
  .addCommand(reconcileCommand)
  .addCommand(tombstonesCommand)
  .addCommand(forecastCommand)
  .addCommand(portalCommand)
  .addHelpText('after', '\nWithout a command, cx does what cx run does.');
for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)])
  command.showHelpAfterError('(cx --help, or cx <command> --help, lists what there is)');

const words = process.argv.slice(2);
const [first = '--'] = words;
const named = !first.startsWith('-') || first === '--help' || first === '-h';

try {
  await program.parseAsync(named ? words : ['run', ...words], { from: 'user' });
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

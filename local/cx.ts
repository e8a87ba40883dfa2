#!/usr/bin/env node
import { Command } from 'commander';
import { ConnectorError } from '#platform/errors.ts';
import { explainCommand } from './commands/explain.ts';
import { portalCommand } from './commands/portal.ts';
import { runCommand } from './commands/run.ts';
import { writeCommand } from './commands/write.ts';

const program = new Command('cx')
  .description('HubSpot customer-experience connector: pull, measure, score, write back — on this machine.')
  .addCommand(runCommand, { isDefault: true })
  .addCommand(writeCommand)
  .addCommand(explainCommand)
  .addCommand(portalCommand)
  .showHelpAfterError('(cx --help, or cx <command> --help, lists what there is)');

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

/** What went wrong in words; the stack only for errors nobody foresaw. */
function messageOf(error: unknown): string {
  if (error instanceof ConnectorError) return `${error.message}\n${error.remedy}`;
  if (error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { forecastBackfill, isBackfillDue } from '#pipeline/forecast.ts';
import { forecastText } from '../forecast-text.ts';
import { messageOf } from '../message-of.ts';
import { servePage } from '../page/serve.ts';
import { progressPrinter } from '../progress.ts';
import { reportJson } from '../report-json.ts';
import { type RunOptions, type RunResult, runOnce } from '../run-once.ts';
import { openSession, type Session } from '../session.ts';
import { summary } from '../summary.ts';
import { whereToLook } from '../where-to-look.ts';
import { chosenPortal, type PortalChoice, port, portalOptions, positive, typed } from './options.ts';

interface RunFlags extends PortalChoice {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly window?: string;
  readonly asOf?: string;
  readonly write?: boolean;
  readonly port: number;
  /** Seconds. */
  readonly every?: number;
}

/** How much time passes for the customers of a simulated portal each time the process that stays up looks again. */
const livesMs = 6 * 3_600_000;

/** `cx run`: the whole chain, once or for as long as it stays up. */
export const runCommand = new Command('run')
  .description('pull, compute metrics and scores, write them back, and show the result')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.fresh)
  .addOption(portalOptions.backfill)
  .option('--once', 'stop when done; the demo portal does not live on')
  .option('--json', 'print one JSON document to standard output and nothing else there; implies --once')
  .option('--window <window>', '90d, 12w, 6m, 2026, 2026-Q3, 2026-09, 2026-09-01..2026-09-30 or all')
  .option('--as-of <date>', 'measure as of this date (00:00 in the portal’s time zone) or instant; writes nothing')
  .option('--write', 'write scores to your own HubSpot portal; without it the plan is only counted')
  .addOption(new Option('--port <port>', 'of the page on this machine').argParser(port).default(4600))
  .addOption(new Option('--every <seconds>', 'how often to look for changes').argParser(positive).hideHelp())
  .action(async (flags: RunFlags) => {
    const printer = progressPrinter(process.stderr, () => performance.now());
    const session = await openSession({
      ...flags,
      portal: chosenPortal(flags),
      fresh: flags.fresh ?? false,
      onProgress: printer.show,
    });
    try {
      const options = runOptions(flags, session);
      await foretell(session);
      const result = await runOnce(session, options);
      printer.end();
      if (flags.json) process.stdout.write(`${reportJson(result.overview.report)}\n`);
      else process.stdout.write(`${summary(result)}\n${whereToLook(result.overview, session, typed(flags))}`);
      if (!flags.once && !flags.json) await stayUp(session, options, result, flags);
    } finally {
      await session.close();
    }
  });

/** Says what a backfill will take before it starts, to standard error: the results may be read by a program. */
async function foretell({ connector }: Session): Promise<void> {
  if (!(await isBackfillDue(connector))) return;
  await connector.crm.account();
  const forecast = await forecastBackfill(connector);
  if (forecast) process.stderr.write(`${forecastText(forecast)}\n`);
}

const runOptions = ({ window, asOf, write }: RunFlags, session: Session): RunOptions => ({
  ...(window !== undefined && { window }),
  ...(asOf !== undefined && { asOf }),
  write: session.simulated || (write ?? false),
  release: write ?? false,
});

/** Serves the page and keeps syncing until the process is told to stop. */
async function stayUp(session: Session, options: RunOptions, first: RunResult, flags: RunFlags): Promise<void> {
  const everyMs = flags.every === undefined ? session.tickMs : flags.every * 1000;
  let latest = first;
  const page = await servePage(() => ({ ...latest, everyMs }), flags.port);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  process.stdout.write(`Page       ${page.url}\n\nSyncing every ${everyMs / 1000} s; Ctrl+C stops.\n`);

  const { onProgress: _, ...quiet } = session.connector;
  while (await waited(everyMs, stop.signal)) {
    session.live(livesMs);
    try {
      latest = await runOnce({ ...session, connector: quiet }, options);
      const { asOf, writeBack, apiCalls } = latest.overview.report;
      process.stdout.write(
        `${asOf}  ${apiCalls.total} calls, ${writeBack.written} records written, ${writeBack.refused} refused\n`,
      );
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n(trying again in ${everyMs / 1000} s)\n`);
    }
  }
  await page.close();
}

/** True after the time has passed, false as soon as the signal comes. */
const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(ms, true, { signal }).catch(() => false);

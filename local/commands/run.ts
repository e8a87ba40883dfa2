import { Command, Option } from 'commander';
import type { RunOverview } from '#contract/report.ts';
import { servePage } from '../page/serve.ts';
import { progressPrinter } from '../progress.ts';
import { type RunOptions, type RunResult, runOnce } from '../run-once.ts';
import { openSession, type Session } from '../session.ts';
import { summary } from '../summary.ts';
import { chosenPortal, type PortalChoice, portalOptions, whole } from './options.ts';

interface RunFlags extends PortalChoice {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly window?: string;
  readonly asOf?: string;
  readonly write?: boolean;
  readonly port: number;
}

const hour = 3_600_000;
/** While the process stays up: how often it syncs, and how much time passes for the customers of a simulated portal. */
const tick = { everyMs: 15_000, livesMs: 6 * hour };

/** `cx run`: the whole chain, once or for as long as it stays up. */
export const runCommand = new Command('run')
  .description('pull, compute metrics and scores, write them back, and show the result')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.fresh)
  .option('--once', 'stop when done; the demo portal does not live on')
  .option('--json', 'print one JSON document to standard output and nothing else there; implies --once')
  .option('--window <window>', '90d, 12w, 6m, 2026, 2026-Q3, 2026-09, 2026-09-01..2026-09-30 or all')
  .option('--as-of <date>', 'measure as of this date (00:00 in the portal’s time zone) or instant; writes nothing')
  .option('--write', 'write scores to your own HubSpot portal; without it the plan is only counted')
  .addOption(new Option('--port <port>', 'of the page on this machine').argParser(whole).default(4600))
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
      const result = await runOnce(session, options);
      printer.end();
      if (flags.json) process.stdout.write(`${JSON.stringify(result.overview.report, null, 2)}\n`);
      else process.stdout.write(`${summary(result.overview, result.floor)}\n${advice(session, options)}`);
      if (!flags.once && !flags.json) await stayUp(session, options, result, flags.port);
    } finally {
      await session.close();
    }
  });

const runOptions = ({ window, asOf, write }: RunFlags, session: Session): RunOptions => ({
  ...(window !== undefined && { window }),
  ...(asOf !== undefined && { asOf }),
  write: session.simulated || (write ?? false),
});

const advice = (session: Session, { write }: RunOptions): string =>
  write
    ? `Why one score is what it is: npm run cx -- explain contact <id>${session.simulated ? ` --portal ${session.reference}` : ''}\n`
    : 'Nothing was written to HubSpot. See the plan with: npm run cx -- write. Write it with: npm start -- --write\n';

/** Serves the page and keeps syncing until the process is told to stop. */
async function stayUp(session: Session, options: RunOptions, first: RunResult, port: number): Promise<void> {
  let overview: RunOverview = first.overview;
  const page = await servePage(() => overview, port);
  process.stdout.write(`\nThe page: ${page.url}   (Ctrl+C stops)\n`);

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  while (await waited(tick.everyMs, stop.signal)) {
    session.live(tick.livesMs);
    try {
      const { overview: next } = await runOnce(session, options);
      overview = next;
      const { asOf, writeBack } = next.report;
      process.stdout.write(`${asOf}  ${writeBack.written} written, ${writeBack.refused} refused\n`);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}  (trying again)\n`);
    }
  }
  await page.close();
}

/** True after the time has passed, false as soon as the signal comes. */
const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });

import { setTimeout } from 'node:timers/promises';
import { seconds } from './figures.ts';
import { messageOf } from './message-of.ts';
import { servePage } from './page/serve.ts';
import { type RunOptions, type RunResult, runOnce } from './run-once.ts';
import type { Session } from './session.ts';
import type { Heard } from './webhooks/hearing.ts';
import { latencyOf, rememberLatencies } from './webhooks/latencies.ts';

/** How much time passes for the customers of a simulated portal each time the process that stays up looks again. */
const livesMs = 6 * 3_600_000;

/** How to stay up. */
export interface StayingUp {
  /** How often to look for changes, in milliseconds. */
  readonly everyMs: number;
  /** Of the page. */
  readonly port: number;
}

/**
 * Serves the page and keeps syncing until the process is told to stop. A simulated portal tells us of its changes by
 * webhook as they happen; looking for changes goes on beside that, and finds what webhooks did not tell.
 */
export async function stayUp(
  session: Session,
  options: RunOptions,
  first: RunResult,
  { everyMs, port }: StayingUp,
): Promise<void> {
  let latest = first;
  const { connector } = session;
  const page = await servePage(() => ({ ...latest, everyMs }), port);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  // Where nothing is written nobody waits for what happens now: the next look finds it.
  const hearing = options.asOf === undefined && options.write ? await session.hear() : null;
  process.stdout.write(`Page       ${page.url}\n`);
  if (hearing) process.stdout.write(`Webhooks   of the simulated HubSpot, signed, to ${hearing.url}\n`);
  process.stdout.write(`\nSyncing every ${everyMs / 1000} s; Ctrl+C stops.\n`);

  const { onProgress: _, ...quiet } = connector;
  const sync = () => runOnce({ ...session, connector: quiet }, options);
  while (await waited(everyMs, stop.signal)) {
    try {
      const before = connector.crm.calls().total;
      await session.live(livesMs, stop.signal);
      await hearing?.settled();
      const heard = hearing?.news();
      if (heard) {
        await rememberLatencies(connector.store, heard.latenciesMs);
        process.stdout.write(`${heardLine(heard, connector.crm.calls().total - before)}\n`);
      }
      latest = await (hearing ? hearing.alone(sync) : sync());
      const { asOf, writeBack, apiCalls } = latest.overview.report;
      process.stdout.write(
        `${asOf}  ${apiCalls.total} calls, ${writeBack.written} records written, ${writeBack.refused} refused\n`,
      );
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n(trying again in ${everyMs / 1000} s)\n`);
    }
  }
  await hearing?.close();
  await page.close();
}

/** What webhooks did since the last look, in one line. */
function heardLine({ events, told, read, departed, dead, written, latenciesMs }: Heard, calls: number): string {
  const latency = latencyOf(latenciesMs);
  return [
    `  webhooks: ${events} events, ${told} records told, ${read} read, ${departed} gone, ${written} written, ${calls} calls`,
    ...(latency ? [`; p50 ${seconds(latency.p50Ms)}, p95 ${seconds(latency.p95Ms)} to the score`] : []),
    ...(dead > 0 ? [`; ${dead} could not be applied: cx redrive --list`] : []),
  ].join('');
}

/** True after the time has passed, false as soon as the signal comes. */
const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(ms, true, { signal }).catch(() => false);

import { StoreBusyError } from '#platform/errors.ts';

/** Answers in a row that took nothing, after which a batch is given up: about 13 s. */
const patience = 8;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Sends a batch until DynamoDB has taken all of it: it answers with what it could not take for now, and the SDK pauses
 * between whole failures only. Pauses grow with full jitter while nothing is taken, as AWS recommends
 * (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter).
 * @throws StoreBusyError when nothing is taken for too long.
 */
export async function untilTaken<T>(
  batch: readonly T[],
  sleep: (ms: number) => Promise<unknown>,
  send: (left: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  let inVain = 0;
  for (let left = batch; left.length > 0; ) {
    const untaken = await send(left);
    if (untaken.length === 0) return;
    inVain = untaken.length < left.length ? 0 : inVain + 1;
    if (inVain === patience)
      throw new StoreBusyError(
        `DynamoDB took none of the last ${untaken.length} items of a batch, ${patience} times in a row.`,
        'Nothing to do: it is tried again later. If it stays so, look at the throttling of the table in CloudWatch.',
      );
    await sleep(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** inVain));
    left = untaken;
  }
}

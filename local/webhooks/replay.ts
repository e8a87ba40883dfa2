import { randomUUID } from 'node:crypto';
import { readMessage, verifyAgain } from '#hubspot/webhook/message.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { consumeDeliveries, type Delivery } from '#pipeline/changes/consume-deliveries.ts';
import { isBusy } from '#pipeline/changes/dead-letter.ts';
import { bindAccount, type Connector, storedAccount } from '#pipeline/connector.ts';

/** A line that was not replayed, counted from 1, and why; in words that quote nothing of it. */
export interface LeftOut {
  readonly line: number;
  readonly because: string;
}

/** What replaying a file came to. */
export interface Replayed {
  /** Webhooks that HubSpot had signed, and that were applied. */
  readonly applied: number;
  readonly told: number;
  readonly read: number;
  readonly departed: number;
  /** Changes in them that could not be applied: dead letters. */
  readonly dead: number;
  readonly leftOut: readonly LeftOut[];
}

type Judged = { readonly line: number; readonly body: string } | LeftOut;

/**
 * Applies messages of the webhook queue again, one a line as SQS hands them out, however long ago they were received: each is
 * verified first, the time it was signed judged against its receipt. Can be done any number of times, beside a pull.
 * @throws ConfigurationError before the first pull, and for another portal's token.
 */
export async function replayWebhooks(
  connector: Connector,
  text: string,
  secrets: readonly string[],
): Promise<Replayed> {
  await storedAccount(connector.store);
  const judged = judge(text, secrets);
  const leftOut = judged.filter((each) => 'because' in each);
  const deliveries = judged.flatMap((each): Delivery[] =>
    'body' in each ? [{ messageId: String(each.line), attempt: 1, content: { body: each.body } }] : [],
  );
  const total = { told: 0, read: 0, departed: 0, dead: 0 };
  if (deliveries.length > 0) await bindAccount(connector);
  const read = changeReader(connector.config);
  const replaying = { ...connector, holder: `cx webhook replay ${randomUUID()}` };
  for (let from = 0; from < deliveries.length; from += atATime) {
    const batch = deliveries.slice(from, from + atATime);
    const consumed = await consumeDeliveries(replaying, batch, { read, mayPass: isBusy });
    for (const part of ['told', 'read', 'departed', 'dead'] as const) total[part] += consumed[part];
    leftOut.push(...consumed.failed.map((line) => ({ line: Number(line), because: comeAgain })));
  }
  return { ...total, applied: judged.length - leftOut.length, leftOut: leftOut.sort((a, b) => a.line - b.line) };
}

/** As many bodies are applied at a time: nobody waits, and what has to be read of them is read together. */
const atATime = 50;
const comeAgain = 'HubSpot or the table cannot take it now. Replay it again later.';

const judge = (text: string, secrets: readonly string[]): Judged[] =>
  text.split('\n').flatMap((raw, index): Judged[] => {
    const line = index + 1;
    if (raw.trim() === '') return [];
    const queued = readMessage(raw);
    if ('because' in queued) return [{ line, because: queued.because }];
    const verified = verifyAgain(queued.message, secrets);
    return [verified.verified ? { line, body: queued.message.body } : { line, because: verified.because }];
  });

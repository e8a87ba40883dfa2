import * as z from 'zod';
import { readMessage } from '#hubspot/webhook/message.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import type { Consumed, Delivery, ReadChanges } from '#pipeline/changes/consume-deliveries.ts';
import type { Connector } from '#pipeline/connector.ts';
import { type ConnectorEnvironment, connectorFor } from './connector-for.ts';
import { continuationQueue } from './continuation-queue.ts';
import { figuresOf } from './figures.ts';
import { held, inputOf, lambdaHandler } from './lambda-handler.ts';
import { countFigures, logger } from './telemetry.ts';
import { messageReturn } from './webhook-queue.ts';

/** What SQS hands over. */
const sqsEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      receiptHandle: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number().int().min(1) }),
    }),
  ),
});

/** What makes the applying of queued webhooks a Lambda function. */
export interface QueueFunction {
  readonly environment: () => ConnectorEnvironment & {
    readonly NEXT_QUEUE_URL: string;
    readonly WEBHOOK_QUEUE_URL: string;
  };
  readonly consume: (
    connector: Connector,
    deliveries: readonly Delivery[],
    options: { readonly read: ReadChanges; readonly deadline: number },
  ) => Promise<Consumed>;
}

/** Kept back from the end of the function: what is under way is committed. */
const reserveMs = 10_000;

/** Answers which messages are to come again, and has those scored whom the others concern. */
export function queueFunction({ environment, consume }: QueueFunction) {
  const connection = held(() => {
    const { NEXT_QUEUE_URL, WEBHOOK_QUEUE_URL, ...rest } = environment();
    const connector = connectorFor(rest, 'webhook');
    const [next, comeAgain] = [continuationQueue(NEXT_QUEUE_URL), messageReturn(WEBHOOK_QUEUE_URL)];
    return { connector, read: changeReader(connector.config), next, comeAgain };
  });

  return lambdaHandler(async (event, context) => {
    const { Records: records } = inputOf(sqsEvent, event);
    const { connector, read, next, comeAgain } = connection.get();
    const before = connector.crm.calls().total;
    const deadline = connector.clock.now() + context.getRemainingTimeInMillis() - reserveMs;
    const consumed = await consume({ ...connector, holder: context.awsRequestId }, records.map(deliveryOf), {
      read,
      deadline,
    });
    const { failed, told, read: reads, departed, dead } = consumed;
    const isAgain = records.some(({ attributes }) => attributes.ApproximateReceiveCount > 1);
    // What failed in part may have marked somebody, and so may an attempt that was cut off.
    if (told + reads + departed + failed.length > 0 || isAgain) await next({ event: {}, continuation: 0 }, 0);
    countFigures({
      ChangesTold: told,
      ChangesRead: reads,
      RecordsDeparted: departed,
      ChangesGivenUp: dead,
      WebhooksToComeAgain: failed.length,
      HubSpotCalls: connector.crm.calls().total - before,
    });
    const again = new Set(failed);
    await comeAgain(
      records.flatMap(({ messageId, receiptHandle, attributes: { ApproximateReceiveCount: attempt } }) =>
        again.has(messageId) ? [{ receiptHandle, attempt }] : [],
      ),
    );
    logger.info('finished', { report: figuresOf({ ...consumed, failed: failed.length }) });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  }, connection.drop);
}

function deliveryOf({ messageId, body: raw, attributes }: z.output<typeof sqsEvent>['Records'][number]): Delivery {
  const queued = readMessage(raw);
  const content = 'message' in queued ? { body: queued.message.body } : { raw, because: queued.because };
  return { messageId, attempt: attributes.ApproximateReceiveCount, content };
}

import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { webhookBatches } from '#platform/environment/webhook-batches.ts';
import { DeadLetters, encrypted } from './continuations.ts';

/** What a queue of webhooks needs. */
export interface WebhookQueueProps {
  /** The timeout of the function that applies them. */
  readonly timeout: Duration;
}

/**
 * Webhooks between their receipt and their application. A standard queue: HubSpot keeps no order either, and sends
 * things twice. The messages hold what people wrote; who may not apply them may not read them.
 */
export class WebhookQueue extends Construct {
  /** What a sender has to know of it. */
  readonly variables: { readonly WEBHOOK_QUEUE_URL: string };
  readonly #queue: Queue;

  constructor(scope: Construct, id: string, { timeout }: WebhookQueueProps) {
    super(scope, id);
    // Apart from those of the steps: these are looked at, and driven again.
    const deadLetters = new DeadLetters(this, 'DeadLetters');
    this.#queue = new Queue(this, 'Queue', {
      ...encrypted,
      // Six times the timeout, as Lambda asks.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: webhookBatches.maxReceives },
      // A dead letter's 14 days begin when it was first sent: at least the second week is left to look at it.
      retentionPeriod: Duration.days(7),
    });
    this.variables = { WEBHOOK_QUEUE_URL: this.#queue.queueUrl };
  }

  /** Lets a function put webhooks in, and nothing else. */
  allowSend(lambda: LambdaFunction): void {
    this.#queue.grant(lambda, 'sqs:SendMessage');
  }

  /** Runs a function with what arrives. */
  drive(lambda: LambdaFunction): void {
    lambda.addEventSource(new SqsEventSource(this.#queue, delivery));
  }
}

const delivery = {
  batchSize: webhookBatches.size,
  maxBatchingWindow: Duration.seconds(webhookBatches.windowSeconds),
  maxConcurrency: webhookBatches.concurrency,
  // Only the messages that a function names come again.
  reportBatchItemFailures: true,
};

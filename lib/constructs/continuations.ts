import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Where messages end that no run took: the first place to look when something does not go on. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', { ...encrypted, retentionPeriod: Duration.days(14) });
  }
}

/** What a continuation queue needs. */
export interface ContinuationQueueProps {
  readonly deadLetters: DeadLetters;
  /** The timeout of the function that it runs. */
  readonly timeout: Duration;
}

/** A function's own queue, by which it calls itself again, at once or later. Messages say which step, nothing of anybody. */
export class ContinuationQueue extends Construct {
  /** What the function has to know of it. */
  readonly variables: { readonly CONTINUATION_QUEUE_URL: string };
  /** What the step before has to know of it. */
  readonly nextVariables: { readonly NEXT_QUEUE_URL: string };
  readonly #queue: Queue;

  constructor(scope: Construct, id: string, { deadLetters, timeout }: ContinuationQueueProps) {
    super(scope, id);
    this.#queue = new Queue(this, 'Queue', {
      ...encrypted,
      // Six times the timeout, and five deliveries, as Lambda asks: a throttled delivery counts as one.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
      // Longer than five deliveries take; by then scheduled runs have long gone on.
      retentionPeriod: Duration.hours(4),
    });
    this.variables = { CONTINUATION_QUEUE_URL: this.#queue.queueUrl };
    this.nextVariables = { NEXT_QUEUE_URL: this.#queue.queueUrl };
  }

  /** Lets another function have this one run. */
  allowSend(lambda: LambdaFunction): void {
    this.#queue.grant(lambda, 'sqs:SendMessage');
  }

  /** Lets the function send itself messages, and runs it with each. */
  drive(lambda: LambdaFunction): void {
    this.#queue.grantSendMessages(lambda);
    lambda.addEventSource(new SqsEventSource(this.#queue, { batchSize: 1 }));
  }
}

/** With SQS's own key, over TLS only. */
export const encrypted = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

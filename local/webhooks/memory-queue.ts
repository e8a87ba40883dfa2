import type { Clock } from '#pipeline/ports.ts';
import { webhookBatches } from '#platform/environment/webhook-batches.ts';
import { agendaOn } from '../simulator/webhooks/agenda.ts';

/** A message as a queue hands it out. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly attempt: number;
}

/** How a queue hands out, as an SQS event source does. */
export interface QueueRules {
  readonly batchSize: number;
  /** How long the first message of a batch waits for others. */
  readonly batchWindowMs: number;
  /** Batches at a time. */
  readonly concurrency: number;
  /** When a message that was not taken is handed out again. */
  readonly visibilityMs: number;
  /** A message that was not taken so often is put aside. */
  readonly maxReceives: number;
}

/** The rules of the deployed queue, but that what was not taken comes again after one time. */
export const deployedRules: QueueRules = {
  batchSize: webhookBatches.size,
  batchWindowMs: 1000 * webhookBatches.windowSeconds,
  concurrency: webhookBatches.concurrency,
  visibilityMs: 90_000,
  maxReceives: webhookBatches.maxReceives,
};

/** Answers the messages that it did not take; throws when it took none. */
export type Handler = (batch: readonly QueuedMessage[]) => Promise<{ readonly failed: readonly string[] }>;

interface Held {
  readonly messageId: string;
  readonly body: string;
  receives: number;
}

/** A queue in this process that keeps SQS's promises: at least once, in no order, put aside after so many times. */
export class MemoryQueue {
  /** What was put aside. */
  readonly deadLetters: { readonly body: string }[] = [];
  readonly #clock: Clock;
  readonly #rules: QueueRules;
  readonly #agenda: ReturnType<typeof agendaOn>;
  #visible: Held[] = [];
  #handler: Handler | null = null;
  #count = 0;
  #left = 0;
  #busy = 0;
  #gathering = false;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock, rules: Partial<QueueRules> = {}) {
    this.#clock = clock;
    this.#rules = { ...deployedRules, ...rules };
    this.#agenda = agendaOn(clock);
  }

  /** Messages that nobody has taken yet. */
  get depth(): number {
    return this.#left;
  }

  send(body: string): void {
    this.#left += 1;
    this.#show({ messageId: `message-${++this.#count}`, body, receives: 0 });
  }

  /** Has a handler called for batches from now on; null has them wait. */
  consume(handler: Handler | null): void {
    this.#handler = handler;
    this.#gather();
  }

  /** Resolves as soon as no message is left. */
  async empty(): Promise<void> {
    while (this.#left > 0) await new Promise<void>((tell) => this.#waiting.push(tell));
  }

  close(): void {
    this.#handler = null;
    this.#agenda.clear();
  }

  #show(message: Held): void {
    this.#visible.push(message);
    this.#gather();
  }

  /** Waits for a batch to fill, unless it is full already. */
  #gather(): void {
    if (!this.#handler || this.#visible.length === 0 || this.#busy >= this.#rules.concurrency) return;
    if (this.#visible.length >= this.#rules.batchSize) this.#handOut();
    else if (!this.#gathering) {
      this.#gathering = true;
      this.#agenda.at(this.#clock.now() + this.#rules.batchWindowMs, () => {
        this.#gathering = false;
        this.#handOut();
      });
    }
  }

  #handOut(): void {
    const handler = this.#handler;
    if (!handler || this.#visible.length === 0 || this.#busy >= this.#rules.concurrency) return;
    const batch = this.#visible.splice(0, this.#rules.batchSize);
    for (const message of batch) message.receives += 1;
    void this.#handle(handler, batch);
    this.#gather();
  }

  async #handle(handler: Handler, batch: readonly Held[]): Promise<void> {
    this.#busy += 1;
    const messages = batch.map(({ messageId, body, receives }) => ({ messageId, body, attempt: receives }));
    const failed = await handler(messages).then(
      (answer) => new Set(answer.failed),
      () => new Set(messages.map(({ messageId }) => messageId)),
    );
    this.#busy -= 1;
    for (const message of batch) {
      if (!failed.has(message.messageId)) this.#left -= 1;
      else if (message.receives >= this.#rules.maxReceives) {
        this.#left -= 1;
        this.deadLetters.push({ body: message.body });
      } else this.#agenda.at(this.#clock.now() + this.#rules.visibilityMs, () => this.#show(message));
    }
    const told = this.#waiting;
    this.#waiting = [];
    for (const tell of told) tell();
    this.#gather();
  }
}

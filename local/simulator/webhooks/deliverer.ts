import type { Clock } from '../../../src/pipeline/ports.ts';
import { retryDelayMs, webhookDelivery } from '../facts/webhooks.ts';
import { type Agenda, agendaOn } from './agenda.ts';
import type { WebhookEvent } from './events.ts';
import type { Post, WebhookTarget } from './post.ts';

/** How events are brought to the endpoint; HubSpot's own figures where it states any. */
export interface DeliveryRules {
  /** How long the first event of a request waits for others. */
  readonly batchWaitMs: number;
  readonly eventsPerRequest: number;
  readonly maxConcurrentRequests: number;
  readonly timeoutMs: number;
  /** Sends one request. */
  readonly post: Post;
}

/** Events so far, copies included: those waiting or under way, taken by the endpoint, and dropped; and the requests. */
export interface DeliveryCounts {
  readonly pending: number;
  readonly delivered: number;
  /** Failed for the last time. */
  readonly givenUp: number;
  /** Requests, retries included. */
  readonly attempts: number;
  readonly failedAttempts: number;
}

/** An event on its way, with a number in [0, 1) for each purpose. */
export interface Parcel {
  readonly event: WebhookEvent;
  readonly unit: (purpose: string) => number;
}

/** What may change while deliveries are under way. */
export interface Destination {
  /** Null refuses every connection. */
  readonly target: WebhookTarget | null;
  readonly clientSecret: string;
}

interface Batch {
  readonly parcels: readonly Parcel[];
  readonly attempt: number;
}

/** Gathers events into requests, sends them, and sends again what failed. */
export class Deliverer {
  readonly #clock: Clock;
  readonly #rules: DeliveryRules;
  readonly #destination: () => Destination;
  readonly #agenda: Agenda;
  readonly #counts = { pending: 0, delivered: 0, givenUp: 0, attempts: 0, failedAttempts: 0 };
  readonly #ready: Batch[] = [];
  readonly #closing = new AbortController();
  #gathering: Parcel[] = [];
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock, rules: DeliveryRules, destination: () => Destination) {
    this.#clock = clock;
    this.#rules = rules;
    this.#destination = destination;
    this.#agenda = agendaOn(clock);
  }

  get counts(): DeliveryCounts {
    return this.#counts;
  }

  /** Takes an event; it joins a request after `delayMs`. */
  accept(parcel: Parcel, delayMs = 0): void {
    if (this.#closing.signal.aborted) return;
    this.#counts.pending += 1;
    if (delayMs > 0) this.#agenda.at(this.#clock.now() + delayMs, () => this.#gather(parcel));
    else this.#gather(parcel);
  }

  /** Resolves after the next change of the counts. */
  changed(): Promise<void> {
    return new Promise((tell) => this.#waiting.push(tell));
  }

  /** Breaks off what is under way, and delivers nothing any more. */
  close(): void {
    this.#closing.abort();
    this.#agenda.clear();
  }

  #gather(parcel: Parcel): void {
    this.#gathering.push(parcel);
    const { eventsPerRequest, batchWaitMs } = this.#rules;
    if (this.#gathering.length >= eventsPerRequest) this.#seal(this.#gathering);
    else if (this.#gathering.length === 1) {
      const gathering = this.#gathering;
      this.#agenda.at(this.#clock.now() + batchWaitMs, () => this.#seal(gathering));
    }
  }

  /** Closes a request, unless it was full before its time. */
  #seal(gathering: readonly Parcel[]): void {
    if (gathering !== this.#gathering) return;
    this.#gathering = [];
    this.#send({ parcels: gathering, attempt: 0 });
  }

  #send(batch?: Batch): void {
    if (batch) this.#ready.push(batch);
    while (this.#underWay < this.#rules.maxConcurrentRequests) {
      const next = this.#ready.shift();
      if (!next) return;
      void this.#attempt(next);
    }
  }

  async #attempt(batch: Batch): Promise<void> {
    this.#underWay += 1;
    this.#counts.attempts += 1;
    const taken = await this.#post(batch);
    if (this.#closing.signal.aborted) return;
    this.#underWay -= 1;
    if (taken) this.#settle('delivered', batch);
    else this.#failed(batch);
    this.#send();
    const told = this.#waiting;
    this.#waiting = [];
    for (const tell of told) tell();
  }

  async #post({ parcels, attempt }: Batch): Promise<boolean> {
    const { target, clientSecret } = this.#destination();
    if (!target) return false;
    const body = JSON.stringify(parcels.map(({ event }) => ({ ...event, attemptNumber: attempt })));
    return this.#rules.post(target, body, {
      clock: this.#clock,
      agenda: this.#agenda,
      timeoutMs: this.#rules.timeoutMs,
      clientSecret,
      closing: this.#closing.signal,
    });
  }

  #failed(batch: Batch): void {
    this.#counts.failedAttempts += 1;
    const { parcels, attempt } = batch;
    if (attempt >= webhookDelivery.retries) {
      this.#settle('givenUp', batch);
      return;
    }
    const delay = retryDelayMs(attempt, parcels[0]?.unit(`retry ${attempt}`) ?? 0);
    this.#agenda.at(this.#clock.now() + delay, () => this.#send({ parcels, attempt: attempt + 1 }));
  }

  #settle(as: 'delivered' | 'givenUp', { parcels }: Batch): void {
    this.#counts[as] += parcels.length;
    this.#counts.pending -= parcels.length;
  }
}

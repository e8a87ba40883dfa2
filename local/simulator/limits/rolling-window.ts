/** Counts calls in a window that rolls with the clock: a call leaves it `span` milliseconds after it was made. */
export class RollingWindow {
  most: number;
  readonly #span: number;
  readonly #calls: number[] = [];

  constructor(most: number, span: number) {
    this.most = most;
    this.#span = span;
  }

  remaining(now: number): number {
    while (this.#calls[0] !== undefined && this.#calls[0] <= now - this.#span) this.#calls.shift();
    return Math.max(0, this.most - this.#calls.length);
  }

  /** The first moment from `now` on at which there is room, if nobody else calls. */
  earliest(now: number): number {
    return this.remaining(now) > 0 ? now : (this.#calls[0] as number) + this.#span;
  }

  count(now: number): void {
    this.#calls.push(now);
    if (this.#calls.length > this.most) this.#calls.shift();
  }
}

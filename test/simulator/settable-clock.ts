import type { Clock } from '#pipeline/ports.ts';

/** A clock that stands still until it is set or slept on. */
export class SettableClock implements Clock {
  #now: number;

  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }

  now(): number {
    return this.#now;
  }

  set(iso: string): void {
    this.#now = Date.parse(iso);
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.pass(milliseconds);
  }
}

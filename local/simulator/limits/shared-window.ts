import { momentsOfOthers, type OtherApps } from './other-apps.ts';
import { RollingWindow } from './rolling-window.ts';

/** What became of a call of ours: it has its place, or there was none, for our own calls alone or for those of others. */
export type Place = 'taken' | 'own' | 'shared';

/**
 * A rolling window that other apps may draw on too. Where they find no room they come again the moment there is some, so
 * that nobody can crowd them out. What they did is worked out when somebody looks.
 */
export class SharedWindow {
  /** Calls of others that found room. */
  others = 0;
  readonly #name: string;
  readonly #span: number;
  readonly #traffic: OtherApps | undefined;
  readonly #window: RollingWindow;
  /** The window as it were without the others, fed with every call of ours. */
  readonly #alone: RollingWindow;
  /** When others wanted to call and have not yet, ascending. */
  readonly #wanted: number[] = [];
  #seenTo = Number.NEGATIVE_INFINITY;

  constructor(limit: { name: string; most: number; span: number }, traffic?: OtherApps) {
    this.#name = limit.name;
    this.#span = limit.span;
    this.#traffic = traffic;
    this.#window = new RollingWindow(limit.most, limit.span);
    this.#alone = new RollingWindow(limit.most, limit.span);
  }

  get most(): number {
    return this.#window.most;
  }

  set most(most: number) {
    this.#window.most = most;
    this.#alone.most = most;
  }

  remaining(now: number): number {
    this.#letOthersCall(now);
    return this.#window.remaining(now);
  }

  /** A call of ours. Where nothing is enforced it always has its place. */
  take(now: number, enforced: boolean): Place {
    const roomAlone = this.#alone.remaining(now) > 0;
    if (roomAlone) this.#alone.count(now);
    if (enforced && this.remaining(now) === 0) return roomAlone ? 'shared' : 'own';
    this.#window.count(now);
    return 'taken';
  }

  #letOthersCall(now: number): void {
    if (!this.#traffic || now <= this.#seenTo) return;
    const { share, seed = 0 } = this.#traffic;
    const everyMs = this.#span / (share * this.most);
    // What they did two windows ago no longer matters to anybody, and idle days need no counting.
    const after = Math.max(this.#seenTo, now - 2 * this.#span);
    this.#wanted.push(...momentsOfOthers({ seed, name: this.#name, everyMs }, after, now));
    for (let [wanted] = this.#wanted; wanted !== undefined; [wanted] = this.#wanted) {
      const at = this.#window.earliest(Math.max(wanted, this.#seenTo));
      if (at > now) break;
      this.#window.count(at);
      this.#wanted.shift();
      this.#seenTo = at;
      this.others += 1;
    }
    this.#seenTo = now;
  }
}

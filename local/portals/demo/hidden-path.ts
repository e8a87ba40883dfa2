/** What no record shows: how satisfied a customer is and how its use of the product follows. */
import type { Random } from './random.ts';
import { rates } from './rates.ts';

const { satisfaction: s, usage: u, leaving } = rates;

/** Satisfaction around 0, log-usage around 0, both week by week. */
export class HiddenPath {
  satisfaction: number;
  /** Log-usage of every week so far. */
  readonly usage: number[];
  readonly #level: number;
  readonly #random: Random;
  readonly #shocks: { at: number; effect: number }[] = [];

  /** `weeksBefore`: how long the relationship lasted already; the very unhappy are not among those who stayed. */
  constructor(random: Random, weeksBefore: number) {
    this.#random = random;
    let level: number;
    let weekly: number;
    do {
      level = s.levelSpread * random.normal();
      weekly = leaving.weekly * Math.exp(leaving.satisfaction * level);
    } while (weeksBefore > 0 && random.unit() > Math.exp(-weekly * Math.min(weeksBefore, 104)));
    this.#level = level;
    this.satisfaction = level + 0.4 * random.normal();
    this.usage = [u.followsSatisfaction * this.satisfaction];
  }

  /** An experience that is felt from `at` on. */
  shock(at: number, effect: number): void {
    this.#shocks.push({ at, effect });
  }

  /** Lives through a week that begins at `start`. */
  step(start: number): void {
    let felt = 0;
    for (let n = this.#shocks.length - 1; n >= 0; n -= 1) {
      const shock = this.#shocks[n];
      if (shock === undefined || shock.at > start) continue;
      felt += shock.effect;
      this.#shocks.splice(n, 1);
    }
    const drift = s.pull * (this.#level - this.satisfaction) + s.noise * this.#random.normal();
    this.satisfaction = Math.max(s.lowest, Math.min(s.highest, this.satisfaction + drift + felt));
    const before = this.usage.at(-1) ?? 0;
    const wanted = u.followsSatisfaction * this.satisfaction;
    this.usage.push(before + u.lag * (wanted - before) + u.noise * this.#random.normal());
  }

  /** Chance of leaving within the week, as the real world has it. */
  weeklyLeaving(): number {
    const fall = Math.max(0, (this.usage.at(-9) ?? this.usage[0] ?? 0) - (this.usage.at(-1) ?? 0));
    const hazard = leaving.weekly * Math.exp(leaving.satisfaction * this.satisfaction + leaving.usageFall * fall);
    return Math.min(leaving.weeklyCap, hazard);
  }
}

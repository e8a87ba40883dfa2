import { compareIds } from './record-id.ts';
import { SortedList } from './sorted-list.ts';

interface Moment {
  readonly at: number;
  readonly id: string;
}

const byMoment = (a: Moment, b: Moment): number => a.at - b.at || compareIds(a.id, b.id);

/** More changes than this are put in place together: a bulk job stamps tens of thousands between two searches. */
const few = 64;

/** Ids in order of their last change. Changes are put in place when somebody looks. */
export class ModifiedOrder {
  readonly #placed = new Map<string, number>();
  readonly #changed = new Map<string, number | undefined>();
  #order = new SortedList(byMoment);

  /** Notes a record's last change in milliseconds; undefined takes it out. */
  set(id: string, at: number | undefined): void {
    this.#changed.set(id, at);
  }

  /** The ids changed from `from` to `to` inclusive (milliseconds), in order of change. */
  between(from: number, to: number): { readonly count: number; ids(): string[] } {
    this.#settle();
    const start = this.#order.firstAtOrAfter({ at: from, id: '' });
    const end = this.#order.firstAtOrAfter({ at: to + 1, id: '' });
    return {
      count: Math.max(0, end - start),
      ids: () => this.#order.values.slice(start, end).map((each) => each.id),
    };
  }

  #settle(): void {
    if (this.#changed.size === 0) return;
    const together = this.#changed.size > few;
    for (const [id, at] of this.#changed) {
      const before = this.#placed.get(id);
      if (!together && before !== undefined) this.#order.remove({ at: before, id });
      if (!together && at !== undefined) this.#order.add({ at, id });
      if (at === undefined) this.#placed.delete(id);
      else this.#placed.set(id, at);
    }
    if (together)
      this.#order = new SortedList(
        byMoment,
        Array.from(this.#placed, ([id, at]) => ({ at, id })),
      );
    this.#changed.clear();
  }
}

/** Index of the first value for which `holds` is true, in a list where it stays true from there on; else its length. */
export function firstIndex<T>(values: readonly T[], holds: (value: T) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(values[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Values kept in order, found by binary search. */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #values: T[];

  constructor(compare: (a: T, b: T) => number, values: Iterable<T> = []) {
    this.#compare = compare;
    this.#values = [...values].sort(compare);
  }

  get values(): readonly T[] {
    return this.#values;
  }

  /** Index of the first value that is not before `value`. */
  firstAtOrAfter(value: T): number {
    return firstIndex(this.#values, (each) => this.#compare(each, value) >= 0);
  }

  add(value: T): void {
    const last = this.#values.at(-1);
    if (last === undefined || this.#compare(last, value) <= 0) this.#values.push(value);
    else this.#values.splice(this.firstAtOrAfter(value), 0, value);
  }

  remove(value: T): void {
    const index = this.firstAtOrAfter(value);
    const found = this.#values[index];
    if (found !== undefined && this.#compare(found, value) === 0) this.#values.splice(index, 1);
  }

  /** Takes out all values before this one and answers them in order. */
  takeBefore(value: T): T[] {
    return this.#values.splice(0, this.firstAtOrAfter(value));
  }
}

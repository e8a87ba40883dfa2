import type { ObjectType, PortalRecord } from '../../portals/portal.ts';
import { unitFrom } from '../chance.ts';
import { RecordCollection } from './record-collection.ts';
import type { SearchView } from './search-view.ts';
import { SortedList } from './sorted-list.ts';

/** How long a search does not know of a change, in milliseconds. */
export interface Lag {
  readonly usual: readonly [min: number, max: number];
  /** That share of changes takes longer than usual, up to `upTo`. */
  readonly tail?: { readonly share: number; readonly upTo: number };
}

/** One change of one record. `at` is ISO 8601 UTC. */
export interface IndexedChange {
  readonly type: ObjectType;
  readonly id: string;
  readonly at: string;
}

/**
 * How far searches stay behind the records (observed: estuary/connectors issues 1861, 2100 and 2210). Shares are from 0,
 * the default, to 1. What happens to a record follows from the seed, the record and the moment of its change alone.
 */
export interface SearchIndexRules {
  readonly seed: number;
  readonly lagMs: Lag | ((change: IndexedChange) => number);
  /** Of the rows whose record the index does not know in its latest version, those that show the index's version. */
  readonly staleRows?: number;
  /** Of changes, those after which the earlier version fulfils filters for another lag, the row showing the later one. */
  readonly outsideWindow?: number;
  /** Of pages, those whose rows arrive in another order than the one asked for. */
  readonly unordered?: number;
}

interface Pending {
  readonly visibleAt: number;
  readonly sequence: number;
  readonly id: string;
  /** Undefined when the record is gone. */
  readonly record: PortalRecord | undefined;
}

/** The search index of one object type: it learns of each change some time after it happened. */
export class SearchIndex implements SearchView {
  readonly collection: RecordCollection;
  readonly #live: RecordCollection;
  readonly #rules: SearchIndexRules;
  readonly #pending = new SortedList<Pending>((a, b) => a.visibleAt - b.visibleAt || a.sequence - b.sequence);
  readonly #shown = new Map<string, number>();
  readonly #former = new Map<string, PortalRecord>();
  readonly #formerUntil = new Map<string, number>();
  #sequence = 0;
  #formerChanges = 0;

  constructor(live: RecordCollection, rules: SearchIndexRules) {
    this.#live = live;
    this.#rules = rules;
    this.collection = new RecordCollection(live.type, live.all());
  }

  get former(): ReadonlyMap<string, PortalRecord> {
    return this.#former;
  }

  get version(): string {
    return `${this.collection.version}.${this.#formerChanges}`;
  }

  /** Takes note of a change; the record is undefined when it is gone. */
  note(id: string, record: PortalRecord | undefined, at: string): void {
    this.#sequence += 1;
    const visibleAt = Date.parse(at) + this.#lag(id, at);
    this.#pending.add({ visibleAt, sequence: this.#sequence, id, record });
  }

  /** Learns what has become visible up to and including a moment (milliseconds). */
  settle(now: number): this {
    for (const [id, until] of this.#formerUntil) if (until <= now) this.#forget(id);
    for (const change of this.#pending.takeBefore({ visibleAt: now + 1, sequence: 0, id: '', record: undefined })) {
      // A slow change never undoes a later one that was quicker.
      if ((this.#shown.get(change.id) ?? 0) < change.sequence) this.#show(change, now);
    }
    return this;
  }

  row(id: string): PortalRecord | undefined {
    const [indexed, live] = [this.collection.get(id), this.#live.get(id)];
    if (!live || live.archived || live === indexed) return indexed;
    const { staleRows = 0 } = this.#rules;
    return this.#chance('stale', id, live.updatedAt) < staleRows ? indexed : live;
  }

  arranged(ids: readonly string[]): readonly string[] {
    const { unordered = 0 } = this.#rules;
    if (unordered === 0 || this.#chance('unordered', ...ids.map((id) => this.#moment(id))) >= unordered) return ids;
    const places = new Map(ids.map((id) => [id, this.#chance('order', this.#moment(id))]));
    return [...ids].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  }

  #show({ id, record, sequence, visibleAt }: Pending, now: number): void {
    const before = this.collection.get(id);
    this.#shown.set(id, sequence);
    this.#forget(id);
    if (!record) {
      this.collection.remove(id);
      return;
    }
    this.collection.put(record);
    const lingers = this.#chance('outside', id, record.updatedAt) < (this.#rules.outsideWindow ?? 0);
    const until = visibleAt + this.#lag(id, record.updatedAt);
    if (!lingers || !before || before.archived || record.archived || until <= now) return;
    this.#formerChanges += 1;
    this.#former.set(id, before);
    this.#formerUntil.set(id, until);
  }

  #forget(id: string): void {
    if (this.#former.delete(id)) this.#formerChanges += 1;
    this.#formerUntil.delete(id);
  }

  #lag(id: string, at: string): number {
    const { lagMs } = this.#rules;
    if (typeof lagMs === 'function') return lagMs({ type: this.#live.type, id, at });
    const { usual, tail } = lagMs;
    const [min, max] = tail && this.#chance('tail', id, at) < tail.share ? [usual[1], tail.upTo] : usual;
    return min + Math.floor(this.#chance('lag', id, at) * (max - min + 1));
  }

  #moment(id: string): string {
    return `${id}@${this.collection.modifiedAt(id)}`;
  }

  #chance(...about: readonly string[]): number {
    return unitFrom(this.#rules.seed, this.#live.type, ...about);
  }
}

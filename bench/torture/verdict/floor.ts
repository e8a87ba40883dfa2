import { type RecordKind, recordKinds } from '#domain/records/record.ts';
import { linkedKinds } from '#hubspot/links.ts';
import { objectNames } from '#local/object-names.ts';
import type { PageSizes } from '#local/simulator/facts/limits.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import type { Change, Store } from '#pipeline/ports.ts';
import { progressName } from '#pipeline/sync/pull-kind.ts';
import { rereadName } from '#pipeline/sync/reread-records.ts';
import { sweepName } from '#pipeline/sync/sweep-archived.ts';
import { type Asked, askedBy, linkedTo } from './webhook-floor.ts';

/** The fewest calls, by what they are for. */
export interface Floor {
  /** Of every poll and kind max(1, ⌈changed/page⌉), and the association pages of what changed. */
  readonly polls: number;
  /** Reading everything again in turn: as many pages as its records fill, and their association pages. */
  readonly reread: number;
  /** Looking through the recycle bins: at least one page each. */
  readonly sweeps: number;
  /**
   * Of every batch of webhooks and kind ⌈records to be read/batch⌉ and the association pages of those and of records whose
   * links have to be asked for (see `askedBy`); for records back from the bin, also who is linked to them, and their links.
   */
  readonly webhooks: number;
  /** One call for each injected fault. */
  readonly faults: number;
  /** One page for each crash. */
  readonly crashes: number;
}

export const totalOf = (floor: Floor): number => Object.values(floor).reduce((sum, calls) => sum + calls, 0);

const pages = (n: number, size: number): number => Math.ceil(n / size);

/** Where the sync of one kind stands, as its state documents say. */
interface Stand {
  readonly watermark: number | null;
  readonly reread: { readonly began: number; readonly read: number } | null;
  readonly sweptAt: number | null;
}

type Documents = ReadonlyMap<string, unknown>;

function standOf(documents: Documents, kind: RecordKind): Stand {
  const sync = documents.get(progressName(kind)) as { phase: string; watermark: number } | null | undefined;
  const reread = documents.get(rereadName(kind)) as Stand['reread'] | undefined;
  const swept = documents.get(sweepName(kind)) as { lastBegan: number } | undefined;
  return {
    watermark: sync?.phase === 'incremental' ? sync.watermark : null,
    reread: reread ?? null,
    sweptAt: swept?.lastBegan ?? null,
  };
}

/** Follows the polls of one run and adds up what each had to cost at least. */
export class FloorMeter {
  readonly #portal: PortalState;
  readonly #sizes: PageSizes;
  readonly #documents = new Map<string, unknown>();
  readonly #stands = new Map<RecordKind, Stand>();
  #polls = 0;
  #reread = 0;
  #sweeps = 0;
  #webhooks = 0;
  #crashes = 0;

  constructor(portal: PortalState, sizes: PageSizes) {
    this.#portal = portal;
    this.#sizes = sizes;
  }

  /** After each poll: what it completed counts, kind by kind; what it left undone counts when it is completed. */
  polled(): void {
    for (const kind of recordKinds) {
      const stand = standOf(this.#documents, kind);
      const before = this.#stands.get(kind);
      this.#polls += this.#pulled(kind, before, stand);
      this.#reread += this.#readAgain(kind, before, stand);
      if (before?.sweptAt !== undefined && before.sweptAt !== null && stand.sweptAt !== before.sweptAt)
        this.#sweeps += Math.max(
          1,
          pages(this.#portal.records[objectNames[kind]].ids({ archived: true }).values.length, this.#sizes.list),
        );
      this.#stands.set(kind, stand);
    }
  }

  /** The same store, its state documents watched as they are saved. */
  watching(store: Store): Store {
    return {
      ...store,
      saveState: async (name, value) => {
        await store.saveState(name, value);
        this.#documents.set(name, value);
      },
    };
  }

  /** Before a batch of webhooks is applied: answers what is to be called once it has been, whatever is asked meanwhile. */
  async consuming(store: Store, changes: readonly Change[]): Promise<() => void> {
    let calls = 0;
    for (const [kind, ofKind] of Map.groupBy(changes, (change) => change.kind)) {
      const standings = await store.standings(kind, [...new Set(ofKind.map(({ id }) => id))]);
      calls += this.#asking(askedBy(kind, ofKind, standings, this.#portal));
    }
    return () => {
      this.#webhooks += calls;
    };
  }

  crashed(): void {
    this.#crashes += 1;
  }

  floor(faults: number): Floor {
    return {
      polls: this.#polls,
      reread: this.#reread,
      sweeps: this.#sweeps,
      webhooks: this.#webhooks,
      faults,
      crashes: this.#crashes,
    };
  }

  #pulled(kind: RecordKind, before: Stand | undefined, { watermark }: Stand): number {
    if (watermark === null || watermark === before?.watermark) return 0;
    const records = this.#portal.records[objectNames[kind]];
    const since = before?.watermark ?? null;
    const ids = since === null ? records.ids().values : records.modifiedBetween(since + 1, watermark).ids();
    return Math.max(1, pages(ids.length, this.#sizes.search)) + this.#associationPages(kind, ids);
  }

  #readAgain(kind: RecordKind, before: Stand | undefined, { reread }: Stand): number {
    if (!reread) return 0;
    const already = before?.reread?.began === reread.began ? before.reread.read : 0;
    const read = reread.read - already;
    if (read <= 0) return 0;
    const inputs = this.#sizes.associationBatch;
    return pages(read, this.#sizes.search) + linkedKinds[kind].length * pages(read, inputs);
  }

  #asking({ kind, rows, links, returned }: Asked): number {
    const read = pages(rows.length, this.#sizes.objectBatch) + this.#associationPages(kind, links);
    if (returned.length === 0) return read;
    return linkedTo(kind, returned, linkedKinds, this.#portal).reduce(
      (sum, { kind: other, ids }) =>
        sum +
        pages(returned.length, this.#sizes.associationBatch) +
        pages(ids.length, this.#sizes.objectBatch) +
        this.#associationPages(other, ids),
      read,
    );
  }

  /** Reads of associations: so many records a call, and again for those that have more than a page. */
  #associationPages(kind: RecordKind, ids: readonly string[]): number {
    const type = objectNames[kind];
    const { associationBatch, associationsPerPage } = this.#sizes;
    return linkedKinds[kind].reduce((sum, to) => {
      const most = Math.max(0, ...ids.map((id) => this.#portal.associated(type, id, objectNames[to]).length));
      return sum + pages(ids.length, associationBatch) + Math.max(0, pages(most, associationsPerPage) - 1);
    }, 0);
  }
}

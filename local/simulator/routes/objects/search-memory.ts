import type { ObjectType } from '../../../portals/portal.ts';
import type { PortalState } from '../../state/portal-state.ts';
import type { SearchView } from '../../state/search-view.ts';

const kept = 16;

/** Results of the latest searches, valid until what they came from changes. */
export class SearchMemory {
  readonly #results = new Map<string, { readonly version: string; readonly ids: readonly string[] }>();

  /** The remembered ids for this search, or those `compute` finds. */
  recall(
    portal: PortalState,
    type: ObjectType,
    view: SearchView,
    criteria: unknown,
    compute: () => readonly string[],
  ): readonly string[] {
    const key = `${type} ${JSON.stringify(criteria)}`;
    const version = `${view.version}.${portal.associations.version}`;
    const known = this.#results.get(key);
    if (known?.version === version) return known.ids;
    const ids = compute();
    this.#results.delete(key);
    this.#results.set(key, { version, ids });
    const [oldest] = this.#results.keys();
    if (this.#results.size > kept && oldest !== undefined) this.#results.delete(oldest);
    return ids;
  }
}

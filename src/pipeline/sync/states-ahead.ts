import { recordKinds } from '../../domain/records/record.ts';
import { unavailableState } from '../availability.ts';
import { accountState } from '../connector.ts';
import type { Store } from '../ports.ts';
import { spentState } from './daily-share.ts';
import { stagesState } from './noted-stages.ts';
import { progressName } from './pull-kind.ts';
import { filingState } from './refile.ts';
import { rereadName } from './reread-records.ts';
import { sweepName } from './sweep-archived.ts';

/** The state documents a pull reads even where nothing has changed. Nobody else writes them while it is at work. */
const names: readonly string[] = [
  accountState,
  unavailableState,
  filingState,
  spentState('reread'),
  spentState('history'),
  ...recordKinds.flatMap((kind) => [progressName(kind), sweepName(kind), rereadName(kind), stagesState(kind)]),
];

/** The same store, those documents read in one request ahead, and once. */
export async function withStatesAhead(store: Store): Promise<Store> {
  const read = await store.readStates(names);
  const held = new Map(names.map((name) => [name, JSON.stringify(read.get(name) ?? null)]));
  return {
    ...store,
    readState: async <T>(name: string) => {
      const json = held.get(name);
      return json === undefined ? store.readState<T>(name) : (JSON.parse(json) as T | null);
    },
    saveState: async (name, value) => {
      await store.saveState(name, value);
      if (held.has(name)) held.set(name, JSON.stringify(value));
    },
  };
}

import { keep, latest, listed, type Peer, PeerFailure, type PeerRow } from './peer.ts';

/**
 * PostHog's HubSpot source. Read in its code (hubspot.py 126e43a1 of 2026): a backfill by list, then windows that begin one millisecond after
 * the latest date seen and end at the run's beginning, in order of that date, paged by offset. A window with as many rows
 * as a search can show is halved in time; one of a single millisecond raises `PathologicalWindowError`. Associations by
 * batch read, first page only.
 * Inferred: that the backfill's end is the run's beginning, as for its windows.
 */
export const postHog: Peer = {
  name: 'PostHog',
  leftOut: 'the cutting of long property lists',
  readsAssociations: true,
  reader: (hubspot, type, mirror) => {
    let last: number | null = null;
    const window = async (gte: number, lte: number): Promise<number> => {
      let most = 0;
      let after: string | null = null;
      do {
        const page = await hubspot.search(type, { modified: { gte, lte }, sort: 'modified', after });
        if (page.total >= hubspot.searchResults) return halves(gte, lte);
        const rows: readonly PeerRow[] = await hubspot.associated(type, page.rows);
        keep(mirror, rows);
        most = latest(rows, most);
        after = page.next;
      } while (after !== null);
      return most;
    };
    const halves = async (gte: number, lte: number): Promise<number> => {
      if (gte >= lte)
        throw new PeerFailure('PathologicalWindowError: a millisecond with more rows than a search shows');
      const middle = Math.floor((gte + lte) / 2);
      return Math.max(await window(gte, middle), await window(middle + 1, lte));
    };
    return {
      run: async () => {
        const began = hubspot.now();
        if (last !== null) last = Math.max(last, await window(last + 1, began));
        else {
          for await (const rows of listed(hubspot, type, { inline: true })) keep(mirror, rows);
          last = began;
        }
      },
    };
  },
};

import { keep, latest, listed, type Peer } from './peer.ts';

/**
 * Airbyte source-hubspot. Read in its code (manifest.yaml 0032607c of 2025, components.py 038177a6): a backfill by list, then searches sorted by id over
 * [cursor, now], paged by offset and restarted beyond the last id before the cap. The cursor is the latest date seen, the
 * lookback 0. Associations: inline in the backfill, then one batch read a page, without paging.
 * Reported: the lookback (airbytehq/airbyte issues 69203, 31176), undated associations (27199), archived records (35017).
 * Inferred: that offsets drift when a row is stamped anew within the window that is being paged.
 */
export const airbyte: Peer = {
  name: 'Airbyte',
  leftOut: 'the separate streams of archived deals and owners',
  readsAssociations: true,
  reader: (hubspot, type, mirror) => {
    let cursor: number | null = null;
    const backfill = async () => {
      let most = 0;
      for await (const rows of listed(hubspot, type, { inline: true })) {
        keep(mirror, rows);
        most = latest(rows, most);
      }
      return most;
    };
    const incremental = async (from: number) => {
      const modified = { gte: from, lte: hubspot.now() };
      let most = from;
      let idAfter = '0';
      let after: string | null = null;
      do {
        const page = await hubspot.search(type, { modified, idAfter, sort: 'id', after });
        keep(mirror, await hubspot.associated(type, page.rows));
        most = latest(page.rows, most);
        const last = page.rows.at(-1);
        const isAtCap = Number(page.next) + hubspot.searchPage > hubspot.searchResults;
        if (page.next !== null && isAtCap && last) [idAfter, after] = [last.id, '0'];
        else after = page.next;
      } while (after !== null);
      return most;
    };
    return {
      run: async () => {
        cursor = cursor === null ? await backfill() : await incremental(cursor);
      },
    };
  },
};

import { keep, latest, listed, type Peer } from './peer.ts';

/**
 * Supaglue. Read in its code (6620ccc of 2024-02, its last): a backfill by list, then searches for what was modified after (GT) the latest date
 * of all runs, paged by offset; with more rows than a search can show, everything by list again. Associations: inline in
 * lists, then by batch read, first page only. Every run reads the whole recycle bin and takes away what lies in it. The
 * cursor moves at the end of a run. Reported: rows the index shows late are missed (supaglue-labs/supaglue issue 665).
 */
export const supaglue: Peer = {
  name: 'Supaglue',
  leftOut: 'its association webhook, which writes to the portal to have records read again',
  readsAssociations: true,
  reader: (hubspot, type, mirror) => {
    let cursor: number | null = null;
    const everything = async (known: number) => {
      let most = known;
      for await (const rows of listed(hubspot, type, { inline: true })) {
        keep(mirror, rows);
        most = latest(rows, most);
      }
      return most;
    };
    const incremental = async (from: number) => {
      let most = from;
      let after: string | null = null;
      do {
        const page = await hubspot.search(type, { modified: { gt: from }, sort: 'modified', after });
        if (page.total > hubspot.searchResults) return everything(from);
        keep(mirror, await hubspot.associated(type, page.rows));
        most = latest(page.rows, most);
        after = page.next;
      } while (after !== null);
      return most;
    };
    return {
      run: async () => {
        const most = cursor === null ? await everything(0) : await incremental(cursor);
        for await (const rows of listed(hubspot, type, { inline: false, archived: true }))
          for (const { id } of rows) mirror.delete(id);
        cursor = most;
      },
    };
  },
};

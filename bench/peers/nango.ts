import { keep, latest, listed, type Peer } from './peer.ts';

/**
 * NangoHQ integration templates. Read in their code (3196dff of 2026-08): a backfill by list, then searches for what was modified
 * after (GT) the latest date seen, in order of that date, paged by offset, with a checkpoint after each page. The latest
 * date is carried through a long backfill, so that edits of pages already read are missed (inferred). Beyond the cap
 * HubSpot answers 400 and the run fails (reported: pull request 647).
 * In its favour: a failed run is begun anew from its last checkpoint's date, without the offset.
 */
export const nango: Peer = {
  name: 'Nango',
  leftOut: 'associations: none for contacts and tickets, two calls a deal for deals, errors swallowed',
  readsAssociations: false,
  reader: (hubspot, type, mirror) => {
    let cursor: number | null = null;
    const backfill = async () => {
      let most = 0;
      for await (const rows of listed(hubspot, type, { inline: false })) {
        keep(mirror, rows);
        most = latest(rows, most);
      }
      cursor = most;
    };
    const incremental = async (from: number) => {
      const modified = { gt: from };
      let after: string | null = null;
      do {
        const page = await hubspot.search(type, { modified, sort: 'modified', after });
        keep(mirror, page.rows);
        cursor = latest(page.rows, cursor ?? from);
        after = page.next;
      } while (after !== null);
    };
    return { run: () => (cursor === null ? backfill() : incremental(cursor)) };
  },
};

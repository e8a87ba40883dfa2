import { keep, listed, type Peer } from './peer.ts';

/**
 * singer-io tap-hubspot. Read in its code (34891a2 of 2026-06): the whole table at every run, by list, with the first page of inline
 * associations. Its bookmark only filters what it emits; association and calculated changes are said to arrive by brute
 * force, so here every row read counts as emitted, which is in its favour. Reported: nothing is ever taken away (issue 64).
 */
export const singerIo: Peer = {
  name: 'singer-io',
  leftOut: 'its company-by-company reads, which only add calls',
  readsAssociations: true,
  reader: (hubspot, type, mirror) => ({
    run: async () => {
      for await (const rows of listed(hubspot, type, { inline: true })) keep(mirror, rows);
    },
  }),
};

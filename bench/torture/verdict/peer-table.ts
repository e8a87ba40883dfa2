import Table from 'cli-table3';
import type { Peer } from '#bench/peers/peer.ts';
import { plainTable } from '#local/plain-table.ts';
import type { PeerOutcome } from '../play/play-peer.ts';
import type { Played } from '../worker.ts';
import { callsOf, sumsOf } from './verdict.ts';

const columns = ['lost', 'phantom', 'stale', 'failed', 'calls'] as const;

/** Ours and theirs on the same seeds, zeros included, and what was left out in their favour. */
export function peerTable(peers: readonly Peer[], all: readonly Played[]): string {
  const sums = sumsOf(all.map(({ outcome }) => outcome));
  const ours = { ...sums, failed: sums.broken, calls: callsOf(sums) };
  const theirs = peers.map(({ name }) => {
    const outcomes = all.flatMap((played) => played.peers[name] ?? []);
    const sum = (of: keyof PeerOutcome): number => outcomes.reduce((total, outcome) => total + outcome[of], 0);
    return [name, ...columns.map((column) => String(sum(column)))];
  });
  const table = new Table(plainTable(['', ...columns], columns));
  table.push(['ours', ...columns.map((column) => String(ours[column]))], ...theirs);
  return [
    '',
    `Records of ${ours.seeds} seeds that the mirror lacks, has too many, or has otherwise, and runs that failed`,
    table.toString(),
    'Ours: seven kinds, links, with faults, crashes, limits and other apps, until every rolling round is over.',
    'Theirs: contacts, companies, deals and tickets, the same portals, edits and search index; without faults, crashes,',
    'limits, other apps and deadlines. Rules restated from what is published of them. Left out:',
    ...peers.map(({ name, leftOut }) => `  ${name}: ${leftOut}`),
    '',
  ].join('\n');
}

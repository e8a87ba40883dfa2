import type { Store } from '#pipeline/ports.ts';
import * as contributions from './contributions.ts';
import * as facts from './facts.ts';
import * as marks from './marks.ts';
import * as records from './records.ts';
import * as state from './state.ts';
import { openTable } from './table.ts';
import * as writeBack from './write-back.ts';

/** The store over one DynamoDB table; `endpoint` only for an embedded one. Needs `pk` and `sk`, no index, no stream. */
export function dynamoStore(options: { tableName: string; endpoint?: string }): Store {
  const table = openTable(options);
  return {
    readState: (name) => state.readState(table, name),
    saveState: (name, value) => state.saveState(table, name, value),
    bindPortal: (portalId) => state.bindPortal(table, portalId),

    readRecords: (kind, ids) => records.readRecords(table, kind, ids),
    saveRecords: (list) => records.saveRecords(table, list),
    countRecords: (kind) => records.countRecords(table, kind),

    fileFacts: (filings) => facts.fileFacts(table, filings),
    unfileFacts: (filings) => facts.unfileFacts(table, filings),
    factsOfDay: (bucket) => facts.factsOfDay(table, bucket),
    customers: (kind, ids) => facts.customers(table, kind, ids),

    markDays: (days) => marks.markDays(table, days),
    dirtyDays: () => marks.dirtyDays(table),
    clearDay: (mark) => marks.clearDay(table, mark),
    markCustomers: (keys) => marks.markCustomers(table, keys),
    dirtyCustomers: () => marks.dirtyCustomers(table),
    clearCustomers: (list) => marks.clearCustomers(table, list),

    saveContributions: (bucket, value) => contributions.saveContributions(table, bucket, value),
    contributions: (attribution, days) => contributions.contributionsOf(table, attribution, days),
    daysWithFacts: (attribution, days) => contributions.daysWithFacts(table, attribution, days),

    saveScores: (list) => facts.saveScores(table, list),
    queueWrites: (writes) => writeBack.queueWrites(table, writes),
    unqueueWrites: (keys) => writeBack.unqueueWrites(table, keys),
    pendingWrites: (kind) => writeBack.pendingWrites(table, kind),

    saveReceipts: (run, list) => writeBack.saveReceipts(table, run, list),
    receipts: (run) => writeBack.receiptsOf(table, run),
    saveRefusals: (list) => writeBack.saveRefusals(table, list),
    clearRefusals: (keys) => writeBack.clearRefusals(table, keys),
    refusals: () => writeBack.refusalsOf(table),
  };
}

import type { Store } from '#pipeline/ports.ts';
import * as contributions from './contributions.ts';
import * as deadLetters from './dead-letters.ts';
import * as departures from './departures.ts';
import * as facts from './facts.ts';
import { forgetCustomers } from './forget-customers.ts';
import { leaseBook } from './leases.ts';
import * as marks from './marks.ts';
import * as noted from './noted-ids.ts';
import * as quarantine from './quarantine.ts';
import * as records from './records.ts';
import * as state from './state.ts';
import { openTable, type TableOptions } from './table.ts';
import * as writeBack from './write-back.ts';

/** The store over one DynamoDB table; `endpoint` only for an embedded one. Needs `pk` and `sk`, no index, no stream. */
export function dynamoStore(options: TableOptions): Store {
  const table = openTable(options);
  return {
    ...leaseBook(table),
    readState: (name) => state.readState(table, name),
    readStates: (names) => state.readStates(table, names),
    saveState: (name, value) => state.saveState(table, name, value),
    bindPortal: (portalId) => state.bindPortal(table, portalId),

    readRecords: (kind, ids) => records.readRecords(table, kind, ids),
    standings: (kind, ids) => departures.standingsOf(table, kind, ids),
    saveRecords: (list, seen) => records.saveRecords(table, list, seen),
    updateRecords: (kind, ids, change) => records.updateRecords(table, kind, ids, change),
    recordIds: (kind, range) => records.recordIds(table, kind, range),
    countRecords: (kind) => records.countRecords(table, kind),

    noteIds: (list, ids) => noted.noteIds(table, list, ids),
    notedIds: (list, limit) => noted.notedIds(table, list, limit),
    countNoted: (list) => noted.countNoted(table, list),
    dropIds: (list, marks) => noted.dropIds(table, list, marks),

    departRecords: (list) => departures.departRecords(table, list),
    departures: (kind, ids) => departures.departuresOf(table, kind, ids),
    allDepartures: () => departures.allDepartures(table),
    archivedIds: (kind, range) => departures.archivedIds(table, kind, range),
    readmitRecords: (kind, ids) => departures.readmitRecords(table, kind, ids),
    forgetCustomers: (keys) => forgetCustomers(table, keys),

    saveDeadLetters: (letters) => deadLetters.saveDeadLetters(table, letters),
    deadLetters: () => deadLetters.deadLetters(table),
    dropDeadLetters: (letters) => deadLetters.dropDeadLetters(table, letters),

    quarantine: (rows) => quarantine.quarantine(table, rows),
    quarantined: (kind) => quarantine.quarantined(table, kind),
    releaseFromQuarantine: (kind, ids) => quarantine.releaseFromQuarantine(table, kind, ids),

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

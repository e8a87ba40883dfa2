import type { CxRecord, RecordKind } from '#domain/records/record.ts';
import type { Account, RecordsRead } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { absorbedProperties } from './absorbed.ts';
import { objectTypes } from './object-types.ts';
import { outputNames } from './outputs.ts';
import type { Mapping, PortalFacts } from './properties/mapping.ts';
import { mappingsFor } from './properties/mappings.ts';
import { readingName } from './reading-name.ts';
import { recordFrom } from './row.ts';
import type { RowsRead } from './rows-by-id.ts';
import { type Stages, stageIn } from './stages.ts';

/** What the reader asks of the portal when it needs to know. */
export interface PortalSources {
  account(): Promise<Account>;
  stages(kind: RecordKind): Promise<Stages>;
}

/** How records of every kind are read. */
export interface RecordReader {
  /** The properties to ask for. */
  properties(kind: RecordKind): readonly string[];
  /** Names the way of reading; see the port. */
  reading(kind: RecordKind): string;
  /** The record as it reads with these values of properties in place of its own. */
  retold(record: CxRecord, values: Readonly<Record<string, string>>): Promise<CxRecord>;
  /** Records from the rows, whatever else was answered with them. */
  records<R extends RowsRead>(kind: RecordKind, read: R): Promise<Omit<R, 'rows'> & RecordsRead>;
}

const carriesOutputs = (kind: RecordKind): boolean => kind === 'contact' || kind === 'company';

/** Whether records of a kind move through pipelines. */
export const hasPipeline = (kind: RecordKind): boolean => kind === 'deal' || kind === 'ticket';

const noFacts: PortalFacts = { homeCurrency: null, stage: () => undefined };

/** Builds the reader for a configuration. */
export function recordReader(config: ConnectorConfig, { account, stages }: PortalSources): RecordReader {
  const mappings = mappingsFor(config);

  const factsFor = async (kind: RecordKind): Promise<PortalFacts> => {
    if (!hasPipeline(kind)) return noFacts;
    const known = await stages(kind);
    return {
      stage: (pipeline, stage) => stageIn(known, pipeline, stage),
      homeCurrency: kind === 'deal' ? (await account()).currency : null,
    };
  };

  return {
    properties: (kind) => [
      ...new Set([
        objectTypes[kind].modified,
        ...mappings[kind].properties,
        ...absorbedProperties(kind),
        ...(carriesOutputs(kind) ? outputNames : []),
      ]),
    ],
    reading: (kind) => readingName(config, mappings[kind].properties),
    retold: async (record, values) => {
      const { kind, id, modifiedAt } = record;
      const portal = await factsFor(kind);
      const mapping = mappings[kind] as Mapping<RecordKind>;
      const properties = { ...record.raw, ...record.outputs, ...values };
      const retold = recordFrom(kind, mapping, { id, modifiedAt, properties, archived: false }, portal);
      return { ...retold, absorbed: record.absorbed, ...(record.told && { told: record.told }) };
    },
    records: async (kind, { rows, ...rest }) => {
      const portal = rows.length > 0 ? await factsFor(kind) : noFacts;
      const mapping = mappings[kind] as Mapping<RecordKind>;
      return { ...rest, records: rows.map((row) => recordFrom(kind, mapping, row, portal)) };
    },
  };
}

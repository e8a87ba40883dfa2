import type { RecordKind } from '#domain/records/record.ts';
import type { Clock, Crm } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { checkedAccess } from './access.ts';
import { accountReader } from './account.ts';
import { type Governor, processGovernor, type Wait } from './governor.ts';
import { guarded } from './guarded.ts';
import type { Limits } from './limits.ts';
import { linkReader } from './links.ts';
import { objectTypes } from './object-types.ts';
import { describeOutputs, outputNames, sameOutput } from './outputs.ts';
import type { Mapping, PortalFacts } from './properties/mapping.ts';
import { mappingsFor } from './properties/mappings.ts';
import { provisionOutputs } from './provision.ts';
import { readingName } from './reading-name.ts';
import { recordFrom } from './row.ts';
import { objectSearch } from './search.ts';
import { stageReader } from './stages.ts';
import { hubSpotTransport } from './transport.ts';
import { undefinedProperties } from './undefined-properties.ts';
import { recordWriter } from './write.ts';

/** What the adapter needs. `baseUrl` is HubSpot's own where it is left out or empty. */
export interface HubSpotOptions {
  readonly baseUrl?: string;
  readonly accessToken: string;
  readonly config: ConnectorConfig;
  readonly clock: Clock;
  /** Told before a call waits for its budget. */
  readonly onWait?: (wait: Wait) => void;
  /** Of one attempt, its body included. Default 30 s, HubSpot's own cut-off is 100 s. */
  readonly timeoutMs?: number;
  /** Budgets to start with; HubSpot's headers adjust them. Default: those of the smallest accounts. */
  readonly limits?: Limits;
  /** An account-wide governor in place of the in-process one. */
  readonly governor?: Governor;
  /** Numbers in [0, 1) for the jitter of retries. */
  readonly random?: () => number;
}

const defaultTimeoutMs = 30_000;

const carriesOutputs = (kind: RecordKind): boolean => kind === 'contact' || kind === 'company';
const hasPipeline = (kind: RecordKind): boolean => kind === 'deal' || kind === 'ticket';
const noFacts: PortalFacts = { homeCurrency: null, stage: () => undefined };

/** HubSpot as the pipeline sees it. Connects to nothing before the first call; throws `ConfigurationError` for unusable options. */
export function hubSpotCrm(options: HubSpotOptions): Crm {
  const { config, clock, timeoutMs = defaultTimeoutMs, random = Math.random } = options;
  const governor =
    options.governor ??
    processGovernor({
      clock,
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.onWait ? { onWait: options.onWait } : {}),
    });
  const transport = hubSpotTransport({
    ...checkedAccess(options.baseUrl, options.accessToken),
    clock,
    governor,
    timeoutMs,
    random,
  });
  const mappings = mappingsFor(config);
  const account = accountReader(transport);
  const stagesOf = stageReader(transport, clock);
  const search = objectSearch(transport);
  const linksOf = linkReader(transport);

  const factsFor = async (kind: RecordKind): Promise<PortalFacts> => {
    if (!hasPipeline(kind)) return noFacts;
    const stage = await stagesOf(objectTypes[kind].path);
    return { stage, homeCurrency: kind === 'deal' ? (await account()).currency : null };
  };

  return {
    account: guarded(account),
    undefinedProperties: guarded(() => undefinedProperties(transport, config)),
    reading: (kind) => readingName(config, mappings[kind].properties),
    recordsAfter: guarded(async (kind, after, modified) => {
      const mapping = mappings[kind] as Mapping<RecordKind>;
      const properties = carriesOutputs(kind) ? [...mapping.properties, ...outputNames] : mapping.properties;
      const { rows, ...rest } = await search(kind, properties, after, modified);
      const portal = rows.length > 0 ? await factsFor(kind) : noFacts;
      return { records: rows.map((row) => recordFrom(kind, mapping, row, portal)), ...rest };
    }),
    linksOf: guarded(linksOf),
    provisionOutputs: guarded((kinds) => provisionOutputs(transport, kinds)),
    describeOutputs,
    sameOutput,
    write: guarded(recordWriter(transport)),
    calls: transport.calls,
  };
}

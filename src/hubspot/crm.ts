import type { Clock, Crm } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { type AccessToken, checkedAccess } from './access.ts';
import { accountReader } from './account.ts';
import { processGovernor } from './account-governor.ts';
import type { Governor, Wait } from './governor.ts';
import { guarded } from './guarded.ts';
import type { Limits } from './limits.ts';
import { linkedKinds, linkReader } from './links.ts';
import { objectList } from './list.ts';
import { archivedAmong } from './object-batches.ts';
import { objectTypes } from './object-types.ts';
import { describeOutputs, sameOutput } from './outputs.ts';
import { provisionOutputs } from './provision.ts';
import { readCapacity } from './read-capacity.ts';
import { hasPipeline, recordReader } from './record-reader.ts';
import { rowsById } from './rows-by-id.ts';
import { objectSearch } from './search.ts';
import { hubSpotSizes, type Sizes } from './sizes.ts';
import { stageHistory } from './stage-history.ts';
import { stageMeanings, stageReader } from './stages.ts';
import { hubSpotTransport } from './transport.ts';
import { undefinedProperties } from './undefined-properties.ts';
import { recordWriter } from './write.ts';

/** What the adapter needs. `baseUrl` is HubSpot's own where it is left out or empty. */
export interface HubSpotOptions {
  readonly baseUrl?: string;
  readonly accessToken: AccessToken;
  readonly config: ConnectorConfig;
  readonly clock: Clock;
  /** Told before a call waits for its budget. */
  readonly onWait?: (wait: Wait) => void;
  /** Of one attempt, its body included. Default 30 s, HubSpot's own cut-off is 100 s. */
  readonly timeoutMs?: number;
  /** Budgets to start with; HubSpot's headers adjust them. Default: those of the smallest accounts. */
  readonly limits?: Limits;
  /** How much goes into one call, where HubSpot takes less than usual. */
  readonly sizes?: Partial<Sizes>;
  /** An account-wide governor in place of the in-process one. */
  readonly governor?: Governor;
  /** Numbers in [0, 1) for the jitter of retries. */
  readonly random?: () => number;
}

const defaultTimeoutMs = 30_000;

/** HubSpot as the pipeline sees it. Connects to nothing before the first call; throws `ConfigurationError` for unusable options. */
export function hubSpotCrm(options: HubSpotOptions): Crm {
  const { config, clock, timeoutMs = defaultTimeoutMs, random = Math.random } = options;
  const governor =
    options.governor ??
    processGovernor({
      clock,
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.onWait ? { onWait: options.onWait } : {}),
      random,
    });
  const transport = hubSpotTransport({
    ...checkedAccess(options.baseUrl, options.accessToken),
    clock,
    governor,
    timeoutMs,
    random,
  });
  const sizes = { ...hubSpotSizes, ...options.sizes };
  const account = accountReader(transport, governor, clock);
  const stagesOf = stageReader(transport, clock);
  const { properties, reading, records, retold } = recordReader(config, {
    account,
    stages: (kind) => stagesOf(objectTypes[kind].path),
  });
  const byId = rowsById(transport, sizes);
  const search = objectSearch(transport, sizes, byId);
  const list = objectList(transport, sizes, byId);
  const { linksOf, linkedTo } = linkReader(transport, sizes);

  return {
    account: guarded(account),
    undefinedProperties: guarded(() => undefinedProperties(transport, config)),
    linksPerCall: sizes.associationInputs,
    reading,
    retold: guarded(retold),
    stages: guarded(async (kind) => (hasPipeline(kind) ? stageMeanings(await stagesOf(objectTypes[kind].path)) : {})),
    recordsAfter: guarded(async (kind, from, modified) => {
      const sought = { kind, from, modified, direction: 'ascending' } as const;
      return records(kind, await search.page(sought, properties(kind)));
    }),
    recordsBefore: guarded(async (kind, from) =>
      records(kind, await search.page({ kind, from, direction: 'descending' }, properties(kind))),
    ),
    listAfter: guarded(async (kind, after) => records(kind, await list.page(kind, after, properties(kind)))),
    recordsOf: guarded(async (kind, ids) => records(kind, await byId(kind, ids, properties(kind)))),
    archivedAfter: guarded(list.archived),
    archivedAmong: guarded((kind, ids) => archivedAmong(transport, sizes, kind, ids)),
    count: guarded(search.count),
    stageHistory: guarded((ids) => stageHistory(transport, sizes, ids)),
    linksOf: guarded(linksOf),
    linkedTo: guarded(linkedTo),
    provisionOutputs: guarded((kinds) => provisionOutputs(transport, kinds)),
    describeOutputs,
    sameOutput,
    write: guarded(recordWriter(transport, sizes)),
    calls: transport.calls,
    allowance: transport.allowance,
    capacity: () => readCapacity(sizes, options.limits, transport.burst()),
    linkedKinds: (kind) => linkedKinds[kind],
  };
}

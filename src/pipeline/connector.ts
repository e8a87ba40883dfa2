import type { ConnectorConfig } from '#platform/config.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { type Zone, zoneOf } from '../domain/time/zone.ts';
import type { Account, Clock, Crm, OutputNotation, Store } from './ports.ts';

/** What every step is given. */
export interface Connector {
  readonly crm: Crm;
  /** The same HubSpot for work that may wait: backfills, re-reading, the recycle bin. `crm` where it is left out. */
  readonly unhurried?: Crm;
  readonly store: Store;
  readonly clock: Clock;
  readonly config: ConnectorConfig;
  /** The name under which it commits beside other processes; left out for the one that pulls. */
  readonly holder?: string;
  /** Told how far a long step has come. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What a step that never calls HubSpot is given. */
export type OfflineConnector = Omit<Connector, 'crm'> & { readonly crm: OutputNotation };

/** How far a step has come: `done` of `total` things; total null where nobody knows yet. `calls` are those to HubSpot, where it sends any. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
  readonly calls?: number;
}

/** When to stop: a step that reaches it saves what it has and answers `done: false`. */
export interface Deadline {
  readonly deadline?: number;
}

/** The state document of the account whose data the store holds. */
export const accountState = 'account';

/**
 * Asks HubSpot whose portal the token opens, binds the store to it and remembers the account for the other steps.
 * @throws ConfigurationError when the store belongs to another portal.
 */
export async function bindAccount({ crm, store }: Pick<Connector, 'crm' | 'store'>): Promise<Account> {
  const account = await crm.account();
  await store.bindPortal(account.portalId);
  const known = await store.readState<Account>(accountState);
  if (JSON.stringify(known) !== JSON.stringify(account)) await store.saveState(accountState, account);
  return account;
}

/** The account whose data the store holds. @throws ConfigurationError before the first pull. */
export async function storedAccount(store: Store): Promise<Account> {
  const account = await store.readState<Account>(accountState);
  if (!account)
    throw new ConfigurationError(
      'The store holds no portal yet.',
      'Pull once first: `cx run`, or the pull-changes function.',
    );
  return account;
}

/** The time zone of the portal whose data the store holds. @throws ConfigurationError before the first pull. */
export const portalZone = async (store: Store): Promise<Zone> => zoneOf((await storedAccount(store)).timeZone);

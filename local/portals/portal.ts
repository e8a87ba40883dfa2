/**
 * A portal as data: what a HubSpot account holds, as plain files (`docs/portal-format.md`) or in memory.
 * Names and value formats are HubSpot's own; every property value is a string or null, as it travels on the wire.
 */

/** HubSpot object types a portal directory may hold, one `<type>.jsonl` each. */
export const objectTypes = [
  'contacts',
  'companies',
  'deals',
  'tickets',
  'feedback_submissions',
  'calls',
  'subscriptions',
] as const;
export type ObjectType = (typeof objectTypes)[number];

/** One entry of a property's history, newest first in a list. `timestamp` is ISO 8601 UTC. */
export interface PropertyVersion {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType?: string;
  readonly sourceId?: string;
}

/** An association as stored with its "from" record; a bare string is the id with the default type. */
export type Association = string | { readonly id: string; readonly typeId?: number; readonly label?: string };

/** One line of `<type>.jsonl`. Timestamps are ISO 8601 UTC with milliseconds. */
export interface PortalRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly PropertyVersion[]>>;
  /** Keyed by the "to" object type. Stating one direction is enough: readers of a portal mirror the other. */
  readonly associations?: Readonly<Partial<Record<ObjectType, readonly Association[]>>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
}

/** HubSpot's tiers, which decide the rate limits and whether survey answers can be read. */
export type Tier = 'free' | 'starter' | 'professional' | 'enterprise';

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: 'bool' | 'enumeration' | 'date' | 'datetime' | 'string' | 'number' | 'phone_number';
  readonly fieldType: string;
  readonly groupName?: string;
  readonly description?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  /** True where HubSpot refuses writes: calculated and system properties. */
  readonly readOnly?: boolean;
}

export interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly PipelineStage[];
}

/** `id` is what records carry in `hubspot_owner_id`; `userId` is what conversations carry, and is never the same. */
export interface Owner {
  readonly id: string;
  readonly userId: number | null;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly archived: boolean;
  readonly type?: 'PERSON' | 'QUEUE';
  readonly teams?: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
}

/** The content of `portal.json`. */
export interface PortalDefinition {
  /** Short machine name, also the folder under `.local/`: letters, digits and dashes. */
  readonly name: string;
  /** One sentence for people: what this portal is and where its data comes from. */
  readonly description: string;
  readonly account: {
    readonly portalId: number;
    readonly timeZone: string;
    readonly companyCurrency: string;
    readonly accountType?: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX' | 'APP_DEVELOPER';
  };
  readonly tier: Tier;
  /** The moment the portal's data was taken: ISO 8601 UTC. The simulated clock starts here. */
  readonly asOf: string;
  /** Window used when none is asked for; `all` for data sets that are studied as a whole. Default `90d`. */
  readonly defaultWindow?: '90d' | 'all';
  readonly pipelines: { readonly tickets: readonly Pipeline[]; readonly deals: readonly Pipeline[] };
  readonly owners: readonly Owner[];
  /** Definitions of the properties that are not HubSpot's defaults, and of defaults whose options differ. */
  readonly properties: Readonly<Partial<Record<ObjectType, readonly PropertyDefinition[]>>>;
  /** Overrides of `connector.config.ts` that make sense of this portal (validated there). */
  readonly mappings: Readonly<Record<string, unknown>>;
}

/** A change that happens after `asOf`; the local run plays these while it stays up. One line of `future.jsonl`. */
export interface PortalEvent {
  readonly at: string;
  readonly type: ObjectType;
  readonly id: string;
  /** `create` carries a whole record's properties; `update` only the changed ones. */
  readonly change: 'create' | 'update' | 'archive';
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly associations?: PortalRecord['associations'];
}

export interface Portal {
  readonly definition: PortalDefinition;
  readonly records: Readonly<Record<ObjectType, readonly PortalRecord[]>>;
  /** Sorted by `at`. Empty for portals that do not live on. */
  readonly future: readonly PortalEvent[];
}

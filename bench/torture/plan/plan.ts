import type { Association, ObjectType, PipelineStage, Portal, PortalRecord } from '#local/portals/portal.ts';
import type { PageSizes } from '#local/simulator/facts/limits.ts';
import type { FaultPlan } from '#local/simulator/faults/fault-plan.ts';
import type { OtherApps } from '#local/simulator/limits/other-apps.ts';
import type { SearchIndexRules } from '#local/simulator/state/search-index.ts';
import type { EventFormat } from '#local/simulator/webhooks/subscriptions.ts';
import type { BackfillMode } from '#pipeline/forecasting/backfill-calls.ts';

/** A record of the portal, by its id; a record that a merge made, by the name the merge gave it. */
interface Named {
  readonly type: ObjectType;
  readonly id: string;
}

type Values = Readonly<Record<string, string | null>>;

/** What people do in HubSpot, by name, and whom it names. */
interface Deeds {
  create: Named & { readonly properties: Values; readonly associations: PortalRecord['associations'] };
  update: Named & { readonly properties: Values };
  /** HubSpot's own calculations: no modified date moves. */
  recalculate: Named & { readonly properties: Values };
  /** Modified dates move, all to one millisecond, and nothing else. */
  touch: { readonly type: ObjectType; readonly ids: readonly string[] };
  archive: Named;
  restore: Named & { readonly touch: boolean };
  merge: Named & { readonly other: string; readonly becomes: string };
  /** A privacy deletion. */
  erase: Named;
  /** The recycle bin lets go of it. */
  purge: Named;
  associate: Named & { readonly to: ObjectType; readonly association: Association };
  disassociate: Named & { readonly to: ObjectType; readonly other: string };
  'change stage': {
    readonly type: 'tickets' | 'deals';
    readonly pipeline: string;
    readonly stage: string;
    readonly metadata: PipelineStage['metadata'];
    readonly touch: boolean;
  };
  'rotate token': { readonly token: string; readonly graceMs: number };
}

export type DeedName = keyof Deeds;
/** What somebody does in HubSpot. Whoever it names may be gone by then: it is passed over. */
export type DeedOf<D extends DeedName> = { [N in D]: { readonly do: N } & Deeds[N] }[D];
export type Deed = DeedOf<DeedName>;

/** A deed and its moment, in milliseconds after the portal was taken. */
export type Timed = Deed & { readonly at: number };

/** One look at the portal. */
export interface Poll {
  /** Milliseconds after the portal was taken. */
  readonly at: number;
  /** Milliseconds it may take, as a Lambda has; as long as it takes unless stated. */
  readonly within?: number;
}

/** The end of our process within a poll. */
export interface Crash {
  /** Which poll, the first being 0. */
  readonly poll: number;
  /** Calls of the store, of HubSpot and within HubSpot's adapter, counted from 1: the process dies at this one. */
  readonly step: number;
  /** Half of what that call changes is done. */
  readonly halfway: boolean;
}

/** A request to the endpoint that HubSpot never sent, or nobody can read; only the last three are properly signed. */
export interface Stray {
  readonly at: number;
  readonly what: 'forged' | 'altered' | 'outdated' | 'unsigned' | 'no JSON' | 'no event' | 'of another portal';
}

/** The end of whoever applies webhooks, within a batch. */
export interface ConsumerCrash extends Omit<Crash, 'poll'> {
  /** Which batch that was handed out, the first being 1. */
  readonly batch: number;
  /** Everything of ours dies with it: the poll that is under way, and the other batch. */
  readonly all: boolean;
}

/** What HubSpot tells us beside the polls, and what goes wrong with it; shares in [0, 1], times in milliseconds. */
export interface WebhookPlan {
  readonly format: EventFormat;
  readonly valuesAtCreation: boolean;
  readonly duplicates: number;
  readonly disorder: number;
  readonly holdUpMs: number;
  readonly sharedEventIds: number;
  readonly eventsPerRequest: number;
  readonly messagesPerBatch: number;
  /** The share of calls of the store before which whoever makes them stands still for longer than a commit may take. */
  readonly stalls: number;
  /** When the endpoint cannot be reached; they may overlap. */
  readonly absences: readonly { readonly from: number; readonly to: number }[];
  /** A new client secret: from `at` on both are taken, half of `lasting` later HubSpot signs with the new one. */
  readonly rotations: readonly { readonly at: number; readonly lasting: number }[];
  readonly strays: readonly Stray[];
  readonly crashes: readonly ConsumerCrash[];
  /** Polls whose crash, if they have one, takes along whoever applies webhooks. */
  readonly crashesOfAll: readonly number[];
}

/** How one seed goes, as data: what the portal holds, what is done in it, what goes wrong, and when we look. */
export interface Plan {
  readonly seed: number;
  readonly portal: Portal;
  readonly pageSizes: PageSizes;
  /** How the portal is read the first time. */
  readonly backfill: BackfillMode;
  readonly deeds: readonly Timed[];
  readonly polls: readonly Poll[];
  /** From this poll on nothing is done and nothing goes wrong; before it the index knows everything. */
  readonly quietFrom: number;
  /**
   * From this poll on everything is read again in turn. It would heal what searching by date lost: where it begins late,
   * everything that has a date is looked for before.
   */
  readonly rereadFrom: number;
  readonly crashes: readonly Crash[];
  /** Nothing is told unless this is stated. */
  readonly webhooks?: WebhookPlan | undefined;
  readonly faults: FaultPlan;
  readonly searchIndex?: SearchIndexRules | undefined;
  readonly otherApps?: OtherApps | undefined;
  readonly latencyMs?: readonly [from: number, to: number] | undefined;
}

/** When the portal was taken, in milliseconds since the epoch: moment zero of a plan. */
export const beginning = ({ portal }: Pick<Plan, 'portal'>): number => Date.parse(portal.definition.asOf);

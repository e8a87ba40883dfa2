import { peerHubSpot } from '#bench/peers/over-http.ts';
import { type Mirror, type Peer, PeerFailure } from '#bench/peers/peer.ts';
import { linkedKinds } from '#hubspot/links.ts';
import { objectTypes } from '#hubspot/object-types.ts';
import { objectNames } from '#local/object-names.ts';
import type { ObjectType } from '#local/portals/portal.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { propertyValue } from '#local/simulator/state/record-values.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { beginning, type Plan } from '../plan/plan.ts';
import { propertiesOf } from '../plan/values.ts';
import { handsIn } from './doing.ts';

/** What became of one peer, in counts. */
export interface PeerOutcome {
  readonly lost: number;
  readonly phantom: number;
  readonly stale: number;
  readonly calls: number;
  /** Runs that the peer itself reports as failed. */
  readonly failed: number;
}

/** The kinds that all peers read. */
const peerKinds = ['contact', 'company', 'deal', 'ticket'] as const;
/** After the portal is quiet a peer has nothing to wait for: it reads what it reads at once. */
const quietPolls = 2;

const kindOf = Object.fromEntries(peerKinds.map((kind) => [objectNames[kind], kind])) as Partial<
  Record<ObjectType, (typeof peerKinds)[number]>
>;
const associationTypes = (type: ObjectType): readonly ObjectType[] =>
  linkedKinds[kindOf[type] ?? 'company'].map((kind) => objectNames[kind]);

/**
 * Plays a plan against a peer's rules: the same portal, edits, index and moments as for us, and one poll after the other
 * with all its time. Spared: faults, crashes, limits, other apps and deadlines, which say more of retries than of rules.
 */
export async function playPeer(peer: Peer, plan: Plan): Promise<PeerOutcome> {
  const start = beginning(plan);
  const clock = virtualClock(start);
  const { seed, portal, pageSizes, searchIndex, latencyMs } = plan;
  const simulator = await startSimulator({
    portal,
    clock,
    pageSizes,
    seed,
    limits: 'off',
    ...(searchIndex && { searchIndex }),
    ...(latencyMs && { latencyMs }),
  });
  const hubspot = peerHubSpot({
    url: simulator.url,
    accessToken: () => simulator.accessToken,
    now: clock.now,
    sizes: pageSizes,
    modifiedProperty: (type) => objectTypes[kindOf[type] ?? 'company'].modified,
    properties: propertiesOf,
    associationTypes,
  });
  const mirrors = peerKinds.map((kind) => ({ type: objectNames[kind], mirror: new Map() as Mirror }));
  const readers = mirrors.map(({ type, mirror }) => peer.reader(hubspot, type, mirror));
  const perform = handsIn(simulator);
  let failed = 0;
  const acting = (async () => {
    for (const { at, ...deed } of plan.deeds) {
      await clock.sleep(start + at - clock.now());
      // The old token keeps its grace for as long as a run takes: peers read theirs anew before each call.
      perform(deed, clock.now());
    }
  })();
  try {
    for (const [index, { at }] of plan.polls.slice(0, plan.quietFrom + quietPolls).entries()) {
      await clock.sleep(start + at - clock.now());
      if (index === plan.quietFrom) await acting;
      for (const reader of readers)
        await reader.run().catch((error: unknown) => {
          if (!(error instanceof PeerFailure)) throw error;
          failed += 1;
        });
    }
    const calls = Object.values(simulator.calls).reduce((sum, count) => sum + count, 0);
    return { ...compared(simulator, mirrors, peer.readsAssociations), calls, failed };
  } finally {
    await simulator.close();
  }
}

/** Differences between what a peer has and the portal: only of what the peer reads at all. */
function compared(
  { portal }: Simulator,
  mirrors: readonly { readonly type: ObjectType; readonly mirror: Mirror }[],
  readsAssociations: boolean,
): Pick<PeerOutcome, 'lost' | 'phantom' | 'stale'> {
  const found = { lost: 0, phantom: 0, stale: 0 };
  for (const { type, mirror } of mirrors) {
    const live = portal.records[type].all().filter(({ archived }) => !archived);
    for (const record of live) {
      const row = mirror.get(record.id);
      if (!row) found.lost += 1;
      else {
        const same = Object.entries(row.values).every(([name, value]) => propertyValue(type, record, name) === value);
        const linked = associationTypes(type).every(
          (to) =>
            new Set(portal.associated(type, record.id, to).map(({ id }) => id)).symmetricDifference(
              new Set(row.associations?.[to]),
            ).size === 0,
        );
        if (!same || (readsAssociations && !linked)) found.stale += 1;
      }
    }
    const ids = new Set(live.map(({ id }) => id));
    found.phantom += [...mirror.keys()].filter((id) => !ids.has(id)).length;
  }
  return found;
}

import { type Attribution, attributions } from '../../domain/metrics/attribution.ts';
import { bucketsOf } from '../../domain/metrics/day-buckets.ts';
import type { CxRecord, Fact, RecordId } from '../../domain/records/record.ts';
import { addDays, type Day } from '../../domain/time/zone.ts';
import type { DayBucket, Place } from '../ports.ts';
import { inJournal } from './commit-records.ts';
import { isOver, type Syncing } from './syncing.ts';

/** In which time zone's days facts are filed, and how far filing them anew has come where that zone is new. */
interface Filing {
  /** IANA name. */
  readonly zone: string;
  /** The last day that was looked through, of which attribution; null once all are. */
  readonly underWay: { readonly attribution: Attribution; readonly after: Day | null } | null;
}

/** The state document of where that stands. */
export const filingState = 'filed in zone';
const all = Object.keys(attributions) as Attribution[];

/** Days that are looked through between two notes of the place. */
const daysAtOnce = 10;
/** Facts that are moved while nobody else commits their kind: a second's work. */
const factsAtOnce = 250;

/**
 * Facts are filed in days of the portal's time zone. Where an administrator has chosen another zone, all days are looked
 * through, and what belongs to another day now is filed there; each day is marked. Looking at what is filed finds a fact
 * wherever it lies, also what others commit in the new zone meanwhile, and so it may be done twice and cut off anywhere.
 * Calls nobody. `done` is false where time ran out; `days` were looked through.
 */
export async function refile(syncing: Syncing): Promise<{ readonly done: boolean; readonly days: number }> {
  const { store } = syncing;
  let filing = await begin(syncing);
  let days = 0;
  while (filing.underWay) {
    if (isOver(syncing)) return { done: false, days };
    const { attribution, after } = filing.underWay;
    const dated = await store.daysWithFacts(attribution, {
      from: after && addDays(after, 1),
      to: null,
      undated: false,
    });
    const next = dated.slice(0, daysAtOnce);
    for (const day of next) await refileDay(syncing, { attribution, day });
    days += next.length;
    filing = { ...filing, underWay: placeAfter(attribution, next.at(-1)) };
    await store.saveState(filingState, filing);
  }
  return { done: true, days };
}

/** The first pull notes the zone before anything is filed. */
async function begin({ store, zone }: Syncing): Promise<Filing> {
  const known = await store.readState<Filing>(filingState);
  if (known?.zone === zone.name) return known;
  const filing = { zone: zone.name, underWay: known && placeAfter(undefined, undefined) };
  await store.saveState(filingState, filing);
  return filing;
}

/** Beyond the last day of an attribution comes the next one. */
function placeAfter(attribution: Attribution | undefined, last: Day | undefined): Filing['underWay'] {
  if (attribution && last !== undefined) return { attribution, after: last };
  const next = all[attribution ? all.indexOf(attribution) + 1 : 0];
  return next ? { attribution: next, after: null } : null;
}

async function refileDay(syncing: Syncing, bucket: DayBucket): Promise<void> {
  const { store } = syncing;
  const facts = await store.factsOfDay(bucket);
  const astray = facts.filter((fact) => !isIn(bucket, fact, syncing)).map(({ id }) => id);
  for (let from = 0; from < astray.length; from += factsAtOnce)
    await move(syncing, bucket, astray.slice(from, from + factsAtOnce));
  // Also where nothing was found: what a crash cut off may have taken it away already.
  await store.markDays([bucket]);
}

const isIn = ({ attribution, day }: DayBucket, fact: Fact, { zone }: Pick<Syncing, 'zone'>): boolean =>
  bucketsOf(fact, zone.dayOf).some((each) => each.attribution === attribution && each.day === day);

const inDay = (bucket: DayBucket): Place => ({ in: 'day', ...bucket });

/** Files facts of a day where they belong, and then takes them out of it; what is no longer kept leaves only. */
function move(syncing: Syncing, bucket: DayBucket, ids: readonly RecordId[]): Promise<void> {
  const { store, zone } = syncing;
  const { kind } = attributions[bucket.attribution];
  const work = async (): Promise<void> => {
    const records: ReadonlyMap<RecordId, CxRecord> = await store.readRecords(kind, ids);
    const filings = [...records.values()].flatMap((fact) =>
      bucketsOf(fact, zone.dayOf).map((day) => ({ place: inDay(day), fact, day })),
    );
    await store.fileFacts(filings);
    await store.markDays(filings.map(({ day }) => day));
    const stays = (id: RecordId): boolean => {
      const record = records.get(id);
      return record !== undefined && isIn(bucket, record, syncing);
    };
    const leaving = ids.filter((id) => !stays(id));
    await store.unfileFacts(leaving.map((id) => ({ place: inDay(bucket), fact: { kind, id } })));
  };
  return inJournal(syncing, kind, ids, { work });
}

import { type Random, randomStream } from '#local/portals/demo/random.ts';
import { type ObjectType, objectTypes, type Portal, type PortalRecord } from '#local/portals/portal.ts';
import { dealPipeline, ticketPipeline } from '#local/portals/stock-pipelines.ts';
import { associations } from './associating.ts';
import { newValues } from './values.ts';

const asOf = '2026-09-01T06:00:00.000Z';
const minute = 60_000;

/** Records of each type, from and to. */
const counts: Readonly<Record<ObjectType, readonly [number, number]>> = {
  companies: [2, 12],
  contacts: [6, 40],
  deals: [2, 14],
  tickets: [4, 30],
  feedback_submissions: [3, 24],
  calls: [2, 16],
  subscriptions: [1, 8],
};

const loginsProperty = { name: 'logins', label: 'Logins', type: 'number', fieldType: 'number' } as const;
const onCustomers = (property: string) => (['contact', 'company'] as const).map((on) => ({ on, property }));

/** An association page of a torture portal holds so few that some records have several. */
export const associationsPerPage = 4;

/** A random portal, a few dozen records of every type: some of them changed just now, some in the recycle bin for long. */
export function portalOf(seed: number, drawId: Readonly<Record<ObjectType, () => string>>): Portal {
  const random = randomStream(seed, 'torture portal');
  const size = random.pick([0.25, 0.4, 0.6, 1]);
  const ids = Object.fromEntries(
    objectTypes.map((type) => {
      const [low, high] = counts[type];
      return [type, Array.from({ length: Math.ceil(random.integer(low, high) * size) }, () => drawId[type]())];
    }),
  ) as Record<ObjectType, string[]>;
  const records = Object.fromEntries(
    objectTypes.map((type) => [type, ids[type].map((id) => recordOf(type, id, ids, random))]),
  ) as Record<ObjectType, PortalRecord[]>;
  giveMany(records, ids, random);
  return {
    definition: {
      name: `torture-${seed}`,
      description: 'A random portal.',
      account: { portalId: 1_000_000 + (seed % 1_000_000), timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
      tier: 'professional',
      asOf,
      pipelines: { tickets: [ticketPipeline], deals: [dealPipeline] },
      owners: [],
      properties: { contacts: [loginsProperty], companies: [loginsProperty] },
      mappings: {
        ticket: { history: random.pick(['reopened', 'closed']) },
        usage: { recent: onCustomers('logins') },
        sync: {
          archivedEveryMinutes: random.pick([20, 30, 45]),
          rereadEveryHours: random.pick([0.75, 1, 1.5]),
        },
      },
    },
    records,
    future: [],
  };
}

function recordOf(
  type: ObjectType,
  id: string,
  ids: Readonly<Record<ObjectType, readonly string[]>>,
  random: Random,
): PortalRecord {
  const updatedAt = Date.parse(asOf) - random.pick([random.integer(0, 8), random.integer(60, 500_000)]) * minute;
  const archived = random.chance(0.05);
  const associated = associations(type, ids, random);
  return {
    id,
    properties: { ...newValues(type, id, random), ...naming(type, associated.contacts?.[0], random) },
    associations: associated,
    createdAt: '2025-01-15T08:00:00.000Z',
    updatedAt: new Date(updatedAt).toISOString(),
    archived,
    // A few of them leave the bin within the next hours: 90 days are almost over.
    ...(archived && {
      archivedAt: new Date(Date.parse(asOf) - 90 * 1440 * minute + random.integer(1, 300) * minute).toISOString(),
    }),
  };
}

/** Answers repeat whom they came from. */
const naming = (type: ObjectType, contact: unknown, random: Random): Record<string, string> =>
  type === 'feedback_submissions' && typeof contact === 'string' && random.chance(0.4)
    ? { hs_contact_id: contact }
    : {};

/** One ticket and one contact with more associations than a page holds. */
function giveMany(
  records: Record<ObjectType, PortalRecord[]>,
  ids: Readonly<Record<ObjectType, readonly string[]>>,
  random: Random,
): void {
  for (const [from, to] of [
    ['tickets', 'contacts'],
    ['contacts', 'companies'],
  ] as const) {
    const at = random.integer(0, records[from].length - 1);
    const record = records[from][at] as PortalRecord;
    const many = ids[to].slice(0, random.integer(0, 5 * associationsPerPage));
    if (many.length > 0) records[from][at] = { ...record, associations: { ...record.associations, [to]: many } };
  }
}

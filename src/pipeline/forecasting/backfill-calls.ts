import type { ReadCapacity } from '../ports.ts';

/** How a portal is read the first time: in the fewest calls, or in the least time. */
export const backfillModes = ['frugal', 'fast'] as const;
export type BackfillMode = (typeof backfillModes)[number];

/** Calls by kind, as `Crm.calls` counts them. */
export type CallsByKind = Readonly<Record<'search' | 'list' | 'associations', number>>;

/** What there is to read of one kind, and what it is read with. */
export interface Reading {
  readonly records: number;
  /** Kinds whose links are read with each record. */
  readonly linkedKinds: number;
  /** Records whose links one call reads. */
  readonly linksPerCall: number;
  readonly capacity: ReadCapacity;
}

/** What reading a kind comes to. */
export interface ReadingForecast {
  readonly calls: CallsByKind;
  readonly seconds: number;
}

/** HubSpot's usual time to answer: 150 to 600 ms (no promise of HubSpot's; seen by those who measure). */
const responseSeconds = 0.375;

/** Time in which the lanes of a fast read of one kind find their places, and come to an end. */
const spreadSeconds = 4;
/** Pages of a fast read that are not full: where lanes meet. */
const unevenShare = 0.01;

/** All calls together. */
export const totalOf = ({ search, list, associations }: CallsByKind): number => search + list + associations;

type Forecast = (reading: Reading) => ReadingForecast;

const chunksOf = ({ records, linksPerCall }: Reading): number => Math.ceil(records / linksPerCall);

/** One call after the other: five pages of the search, then the links of their records. An empty kind takes a call too. */
const frugal: Forecast = (reading) => {
  const { records, linkedKinds, capacity } = reading;
  const search = Math.max(1, Math.ceil(records / capacity.rows.search));
  const chunks = chunksOf(reading);
  const searching = search * Math.max(responseSeconds, 1 / capacity.perSecond.search);
  const linking = linkedKinds > 0 ? chunks * responseSeconds : 0;
  return { calls: { search, list: 0, associations: linkedKinds * chunks }, seconds: searching + linking };
};

/** Lists and searches side by side, each as fast as its own limit; links have a third one. */
const fast: Forecast = (reading) => {
  const { records, linkedKinds, capacity } = reading;
  const { rows, perSecond } = capacity;
  const paging = records / (rows.list * perSecond.list + rows.search * perSecond.search);
  const associations = linkedKinds * chunksOf(reading);
  const seconds = Math.max(paging, associations / perSecond.associations) + spreadSeconds;
  const calls = (way: 'list' | 'search'): number => Math.ceil(paging * perSecond[way] * (1 + unevenShare));
  return { calls: { search: calls('search'), list: calls('list'), associations }, seconds };
};

/** What reading a kind comes to in either mode. */
export const readingForecast: Readonly<Record<BackfillMode, Forecast>> = { frugal, fast };

import type { Instant, RecordId } from '../../domain/records/record.ts';
import type { Zone } from '../../domain/time/zone.ts';
import type { Connector } from '../connector.ts';
import type { Noted } from './due.ts';

/** What every part of the sync is given. */
export interface Syncing
  extends Pick<Connector, 'crm' | 'unhurried' | 'store' | 'clock' | 'config' | 'holder' | 'onProgress'> {
  /** The portal's time zone. */
  readonly zone: Zone;
  /** When what concerns these records happened, where a webhook told. */
  readonly since?: ReadonlyMap<RecordId, Instant>;
  /** Told what is noted to be read again. */
  readonly onNoted?: (noted: Noted) => void;
  /** When to stop, in milliseconds since the epoch; infinity for never. */
  readonly deadline: number;
}

/** HubSpot's search shows new rows "after a few moments"; up to 30 s are reported. What is younger is left for later. */
export const safetyLag = 30_000;
/** Each window reads this much of the one before again, for rows the index showed late. */
export const overlap = 5 * 60_000;
/** True once there is no time left to begin another chunk. */
export const isOver = ({ clock, deadline }: Pick<Syncing, 'clock' | 'deadline'>): boolean => clock.now() >= deadline;

/** The same sync for work that may wait for everybody else's. */
export const unhurried = (syncing: Syncing): Syncing => ({ ...syncing, crm: syncing.unhurried ?? syncing.crm });

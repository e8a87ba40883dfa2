import type { Instant } from '#domain/records/record.ts';
import type { WindowName } from './limits.ts';
import type { CallKind } from './routes.ts';

/** A call that has to wait for its slot, told before it waits. */
export interface Wait {
  readonly kind: CallKind;
  readonly budget: WindowName;
  readonly ms: number;
}

/** So many calls, and how many of them are left. */
export interface Left {
  readonly calls: number;
  readonly remaining: number;
}

/** What HubSpot's own headers say after a call: about its window, and about the day. */
export interface ServerRates {
  readonly window?: Left;
  readonly daily?: Left;
}

/** Keeps our calls within HubSpot's budgets. */
export interface Governor {
  /** Longest wait of a call of this lane; what takes longer is given back to the caller. */
  readonly patienceMs: number;
  /** Resolves when the call may be sent. @throws HubSpotBusyError where that is too far away to wait for. */
  acquire(kind: CallKind): Promise<void>;
  /** Learns from the headers of an answer to a call of this kind. */
  learn(kind: CallKind, rates: ServerRates): Promise<void>;
  /** HubSpot said 429 for a window, and how long to wait where it said so. */
  limited(kind: CallKind, ms: number): Promise<void>;
  /** HubSpot said 429 for the day. Answers when to ask again. */
  dayIsOver(kind: CallKind): Promise<Instant>;
  /** The account's time zone (IANA name): its midnight begins a new day. */
  inZone(timeZone: string): Promise<void>;
}

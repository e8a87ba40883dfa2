import { unitFrom } from '../chance.ts';

/** Traffic of other apps of the account. */
export interface OtherApps {
  /** Part of each shared limit that they use, evenly in time: 0.2 is one search a second. */
  readonly share: number;
  /** Decides when within each interval they call. */
  readonly seed?: number;
  /** Whether they draw on the ten-second limits too; those are per app, save for apps that share one OAuth client. */
  readonly sharedBurst?: boolean;
}

/** When they want to call after one moment and up to another, ascending: one in each interval, at a seeded moment of it. */
export function momentsOfOthers(
  { seed, name, everyMs }: { seed: number; name: string; everyMs: number },
  after: number,
  upTo: number,
): number[] {
  const moments: number[] = [];
  for (let interval = Math.floor(after / everyMs); interval * everyMs <= upTo; interval += 1) {
    const at = (interval + unitFrom(seed, name, interval)) * everyMs;
    if (at > after && at <= upTo) moments.push(at);
  }
  return moments;
}

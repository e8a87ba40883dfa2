import type { Instant } from '#domain/records/record.ts';

/** What the process at the door is asked to do: to open, at a moment of the scene's clock, and to have a body sent there. */
export type Ask =
  | { readonly do: 'open'; readonly now: Instant; readonly clientSecret: string }
  | { readonly do: 'post'; readonly id: number; readonly body: string; readonly timeoutMs: number };

/** What it says: where it listens, what it queues, and what became of a body after so many milliseconds. */
export type Say =
  | { readonly said: 'open'; readonly url: string }
  | { readonly said: 'queued'; readonly message: string }
  | { readonly said: 'posted'; readonly id: number; readonly isTaken: boolean; readonly ms: number };

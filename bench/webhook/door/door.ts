import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Post } from '#local/simulator/webhooks/post.ts';
import type { Clock } from '#pipeline/ports.ts';
import type { Ask, Say } from './messages.ts';

/** The connector's endpoint and HubSpot's sender, in a process of their own. */
export interface Door {
  readonly url: string;
  readonly post: Post;
  /** Gives what is queued to somebody from now on. */
  onQueued(take: (message: string) => void): void;
  /** Milliseconds that the sender waited for each answer, its body included, since this was asked last. */
  waitedMs(): readonly number[];
  close(): Promise<void>;
}

/** Opens it; the clock shows there what it shows here. */
export async function openDoor(clock: Clock, clientSecret: string): Promise<Door> {
  const child = fork(new URL('./child.ts', import.meta.url));
  const ask = (asked: Ask): boolean => child.send(asked);
  const underWay = new Map<number, (isTaken: boolean) => void>();
  let take: (message: string) => void = () => {};
  let waited: number[] = [];
  let posts = 0;
  const url = await new Promise<string>((opened) => {
    child.on('message', (say: Say) => {
      if (say.said === 'open') opened(say.url);
      else if (say.said === 'queued') take(say.message);
      else {
        waited.push(say.ms);
        underWay.get(say.id)?.(say.isTaken);
        underWay.delete(say.id);
      }
    });
    ask({ do: 'open', now: clock.now(), clientSecret });
  });
  return {
    url,
    post: (_target, body, { timeoutMs }) =>
      new Promise((answered) => {
        const id = ++posts;
        underWay.set(id, answered);
        ask({ do: 'post', id, body, timeoutMs });
      }),
    onQueued: (next) => {
      take = next;
    },
    waitedMs: () => {
      const those = waited;
      waited = [];
      return those;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

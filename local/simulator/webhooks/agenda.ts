import type { Clock } from '../../../src/pipeline/ports.ts';

/** Things to do at moments of a clock, which can be called off. */
export interface Agenda {
  /** Does something at a moment (milliseconds) or as soon as it is past; answers how to call it off. */
  at(moment: number, act: () => void): () => void;
  /** Forgets everything. */
  clear(): void;
}

interface Entry {
  readonly moment: number;
  readonly act: () => void;
}

/** A sleep cannot be called off, and on the machine's clock it keeps the process up: so none is longer than this. */
const longestSleepMs = 60_000;

/** Keeps as few sleepers as it can: one for whatever comes first. */
export function agendaOn(clock: Clock): Agenda {
  const entries: Entry[] = [];
  const asleep: number[] = [];

  const sleep = async (): Promise<void> => {
    const next = entries[0]?.moment;
    if (next === undefined || asleep.some((until) => until <= next)) return;
    const until = Math.min(next, clock.now() + longestSleepMs);
    asleep.push(until);
    await clock.sleep(Math.max(0, until - clock.now()));
    asleep.splice(asleep.indexOf(until), 1);
    while (entries[0] && entries[0].moment <= clock.now()) entries.shift()?.act();
    void sleep();
  };

  return {
    at: (moment, act) => {
      const entry = { moment, act };
      entries.splice(entries.findLastIndex((other) => other.moment <= moment) + 1, 0, entry);
      void sleep();
      return () => {
        const place = entries.indexOf(entry);
        if (place >= 0) entries.splice(place, 1);
      };
    },
    clear: () => {
      entries.length = 0;
    },
  };
}

import type { Connector } from '#pipeline/connector.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';

/** What scoring after a change came to. */
export interface Written {
  readonly written: number;
  readonly latenciesMs: readonly number[];
}

/** What is told while it goes on. */
export interface Listeners {
  readonly onWritten: (written: Written) => void;
  /** Whoever was to be scored stays marked: the next pass, or the next run, does it. */
  readonly onError: (error: unknown) => void;
}

/** Scores whoever changed and writes it back, one pass at a time: changes that arrive during a pass are the next one. */
export function scoreOnChange(connector: Connector, { onWritten, onError }: Listeners) {
  let isDue = false;
  let underWay: Promise<void> = Promise.resolve();

  const after = <T>(work: () => Promise<T>): Promise<T> => {
    const done = underWay.then(work);
    underWay = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  const pass = async (): Promise<void> => {
    if (!isDue) return;
    isDue = false;
    try {
      await scoreCustomers(connector);
      onWritten(await writeBack(connector, { mode: 'write' }));
      // Receipts go by the moment of their writing: on a virtual clock the next one would have the same.
      await connector.clock.sleep(1);
    } catch (error) {
      onError(error);
    }
  };

  return {
    /** Somebody changed. */
    changed: (): void => {
      isDue = true;
      void after(pass);
    },
    /** Does other work on scores and writes, with no pass beside it. */
    alone: after,
    /** Resolves as soon as no pass is due or under way. */
    idle: async (): Promise<void> => {
      do await underWay;
      while (isDue);
    },
  };
}

import type { Progress } from '#pipeline/connector.ts';

/** Milliseconds between two paints of one step: often where a line is repainted, seldom where each adds one. */
const paintEvery = { terminal: 100, file: 2000 };

interface Seen extends Progress {
  readonly startedAt: number;
  readonly at: number;
}

/**
 * Prints how far each step has come, with the time left where a total is known, to standard error: one line a step that
 * is repainted in a terminal; elsewhere a line when the step ends, and every two seconds until then.
 */
export function progressPrinter(out: NodeJS.WriteStream, now: () => number) {
  let last: Seen | null = null;
  let endedAt = now();
  let paintedAt = endedAt;

  const paint = (seen: Seen, end: boolean): void => {
    out.write(out.isTTY ? `\r\u001b[K${lineOf(seen)}${end ? '\n' : ''}` : `${lineOf(seen)}\n`);
    paintedAt = now();
  };
  const end = (): void => {
    if (!last) return;
    paint(last, true);
    endedAt = last.at;
    last = null;
  };

  return {
    show: (progress: Progress): void => {
      if (progress.step !== last?.step) end();
      last = { ...progress, startedAt: last?.startedAt ?? endedAt, at: now() };
      const whole = progress.done === progress.total;
      if (!whole && now() - paintedAt >= paintEvery[out.isTTY ? 'terminal' : 'file']) paint(last, false);
    },
    end,
  };
}

function lineOf({ step, done, total, calls, startedAt, at }: Seen): string {
  const seconds = (at - startedAt) / 1000;
  const under = total !== null && done < total;
  const amount = under ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : done.toLocaleString('en');
  const sent = calls === undefined ? '' : `, ${calls.toLocaleString('en')} calls`;
  const left = under && done > 0 ? `, about ${timeOf((seconds * (total - done)) / done)} left` : '';
  return `  ${step}: ${amount} (${seconds.toFixed(1)} s${sent}${left})`;
}

const timeOf = (seconds: number): string =>
  seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

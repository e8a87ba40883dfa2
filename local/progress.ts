import type { Progress } from '#pipeline/connector.ts';

const repaintEvery = 100;

/**
 * Prints how far each step has come, with the time left where a total is known, to standard error: one line that is
 * repainted in a terminal, one line a step elsewhere.
 */
export function progressPrinter(out: NodeJS.WriteStream, now: () => number) {
  let step = '';
  let startedAt = 0;
  let paintedAt = 0;
  let last: Progress | null = null;

  const end = (): void => {
    if (last) out.write(out.isTTY ? `\r\u001b[K${line(last)}\n` : `${line(last)}\n`);
    last = null;
    step = '';
  };
  const line = ({ step: name, done, total }: Progress): string => {
    const elapsed = (now() - startedAt) / 1000;
    const left = total !== null && done > 0 && done < total ? (elapsed * (total - done)) / done : null;
    const amount =
      total === null || total === done
        ? done.toLocaleString('en')
        : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    const time = left === null ? '' : `, about ${Math.ceil(left)} s left`;
    return `  ${name}: ${amount} (${elapsed.toFixed(1)} s${time})`;
  };

  return {
    show: (progress: Progress): void => {
      if (progress.step !== step) {
        end();
        step = progress.step;
        startedAt = now();
      }
      last = progress;
      if (!out.isTTY || now() - paintedAt < repaintEvery) return;
      paintedAt = now();
      out.write(`\r\u001b[K${line(progress)}`);
    },
    end,
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, vi } from 'vitest';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { writePortalDirectory } from '#local/portals/directory.ts';
import type { Portal } from '#local/portals/portal.ts';

// Each test starts processes of its own, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

const program = resolve(import.meta.dirname, '../../local/cx.ts');
/** Where published data sets are, if they are. */
export const realDataFolder = process.env.CX_REAL_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

/** A demo portal of a size that runs in seconds. */
export const smallPortal = (scale = 0.03): Portal => demoPortal({ scale }).portal;

/** What a command left behind when it ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A command under way. */
export interface Running {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ended>;
  /** Resolves with the match once the stream shows it; rejects when the command ends without. */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>;
}

/** A working directory of its own, in which `cx` runs as a person would run it; removed after the tests around it. */
export function openWorkshop() {
  const directory = mkdtempSync(join(tmpdir(), 'cx-'));
  const running = new Set<ChildProcess>();
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  const start = (words: readonly string[], environment: Readonly<Record<string, string>> = {}): Running => {
    const { HUBSPOT_ACCESS_TOKEN: _, HUBSPOT_BASE_URL: __, ...surroundings } = process.env;
    const env = { ...surroundings, CX_REAL_DATA: realDataFolder, ...environment };
    const child = spawn(process.execPath, [program, ...words], { cwd: directory, env });
    running.add(child);
    return follow(child, () => running.delete(child));
  };
  return {
    directory,
    start,
    /** Runs a command to its end. */
    cx: (words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> =>
      start(words, environment).ended,
    /** Writes a portal as files; answers how to name it on the command line. */
    portal: async (name: string, portal: Portal): Promise<string> => {
      await writePortalDirectory(join(directory, name), portal);
      return name;
    },
  };
}

function follow(child: ChildProcess, onEnd: () => void): Running {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  const ended = once(child, 'close').then(([status, signal]): Ended => {
    onEnd();
    return { ...printed, status, signal };
  });
  return {
    process: child,
    printed,
    ended,
    until: (stream, pattern) =>
      new Promise((found, lost) => {
        const look = (): void => {
          const match = pattern.exec(printed[stream]);
          if (match) found(match);
        };
        look();
        child[stream]?.on('data', look);
        ended.then(() => lost(new Error(`never printed ${pattern}:\n${printed.stdout}\n${printed.stderr}`)), lost);
      }),
  };
}

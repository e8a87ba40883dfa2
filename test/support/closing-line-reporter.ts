import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Counts of one test run. A file that could not be loaded and an error outside any test count as one failure each. */
export interface RunCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The line every reader of a run looks for, as `12 passed, 0 failed` or `12 passed, 0 failed, 1 skipped`. */
export const closingLine = ({ passed, failed, skipped }: RunCounts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const countRun = (modules: readonly TestModule[], unhandled: readonly SerializedError[]): RunCounts => {
  const results = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const count = (...states: string[]): number => results.filter((state) => states.includes(state)).length;
  const brokenModules = modules.filter((module) => module.errors().length > 0).length;
  const brokenSuites = modules
    .flatMap((module) => [...module.children.allSuites()])
    .filter((suite) => suite.errors().length > 0).length;
  return {
    passed: count('passed'),
    failed: count('failed') + brokenModules + brokenSuites + unhandled.length,
    // A test that never ran (its file or suite broke, the run was interrupted) was neither passed nor failed.
    skipped: count('skipped', 'pending'),
  };
};

/** Prints the closing line of a run, after everything vitest itself has printed. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    console.log(closingLine(countRun(modules, unhandled)));
  }
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rooms = ['src', 'lambdas', 'lib', 'bin', 'local', 'bench', 'test', 'connector.config.ts'];

/** Broken borders of a tree, as `rule: from → to`. */
const brokenBorders = (cwd: string): string[] => {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(
    process.execPath,
    [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!run.stdout.startsWith('{')) throw new Error(run.stderr || run.stdout);
  const { summary } = JSON.parse(run.stdout) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  expect(summary.totalCruised).toBeGreaterThan(20);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
};

/** Wrong imports: the file that imports, what it writes, the border that must refuse it. */
const wrongImports: readonly (readonly [from: string, specifier: string, border: string])[] = [
  ['src/domain/a.ts', '#platform/errors.ts', 'domain-knows-itself-only'],
  ['src/domain/b.ts', '../pipeline/ports.ts', 'domain-knows-itself-only'],
  ['src/domain/c.ts', 'node:fs', 'domain-uses-no-node-module-and-no-package-but-maths'],
  ['src/domain/d.ts', 'zod', 'domain-uses-no-node-module-and-no-package-but-maths'],
  ['src/contract/a.ts', '#domain/ok.ts', 'contract-imports-nothing'],
  ['src/contract/b.ts', 'node:path', 'domain-uses-no-node-module-and-no-package-but-maths'],
  ['src/pipeline/a.ts', '#hubspot/ok.ts', 'steps-know-no-adapter'],
  ['src/pipeline/b.ts', '#store/ok.ts', 'steps-know-no-adapter'],
  ['src/pipeline/c.ts', '#platform/environment/ok.ts', 'steps-know-no-adapter'],
  ['src/hubspot/a.ts', '#store/ok.ts', 'adapters-know-no-step-and-no-other-adapter'],
  ['src/store/a.ts', '../hubspot/ok.ts', 'adapters-know-no-step-and-no-other-adapter'],
  ['src/store/b.ts', '#pipeline/pull-changes.ts', 'adapters-know-no-step-and-no-other-adapter'],
  ['src/platform/a.ts', '#domain/ok.ts', 'platform-knows-itself-only'],
  ['connector.config.ts', './src/domain/ok.ts', 'configuration-knows-its-schema-only'],
  ['lambdas/one/handler.ts', '../two/handler.ts', 'lambdas-know-src-and-never-each-other'],
  ['lambdas/three/handler.ts', '#local/ok.ts', 'lambdas-know-src-and-never-each-other'],
  ['lib/a.ts', '#pipeline/ports.ts', 'stack-knows-environment-types-only'],
  ['lib/b.ts', '#platform/config.ts', 'stack-knows-environment-types-only'],
  ['bin/a.ts', '#domain/ok.ts', 'bin-knows-the-stack-only'],
  ['src/pipeline/d.ts', '#test/ok.ts', 'steps-know-no-adapter'],
  ['src/store/c.ts', '#bench/ok.ts', 'adapters-know-no-step-and-no-other-adapter'],
  ['local/a.ts', '#bench/ok.ts', 'local-run-needs-no-bench-and-no-test'],
  ['bench/a.ts', '#test/ok.ts', 'bench-needs-no-test'],
  ['src/store/d.ts', '@hubspot/api-client/lib/codegen/crm/objects/index.js', 'hubspot-client-belongs-to-its-adapter'],
  ['src/hubspot/b.ts', '@aws-sdk/client-dynamodb', 'dynamodb-belongs-to-the-store'],
  ['lambdas/six/handler.ts', '@aws-sdk/client-sqs', 'queues-belong-to-the-runtime'],
  ['lambdas/four/handler.ts', '@middy/core', 'middy-and-powertools-belong-to-the-runtime'],
  ['src/pipeline/e.ts', '@aws-lambda-powertools/logger', 'middy-and-powertools-belong-to-the-runtime'],
  ['lambdas/five/handler.ts', 'aws-cdk-lib', 'cdk-belongs-to-lib'],
  ['src/store/e.ts', 'dynalite', 'local-tools-are-never-deployed'],
  ['src/pipeline/f.ts', '../utilities/ok.ts', 'src-has-known-rooms-only'],
  ['src/domain/circle-a.ts', './circle-b.ts', 'no-circular-imports'],
  ['src/hubspot/c.ts', './gone.ts', 'no-unresolvable-imports'],
];

/** Right imports, each across a border that is open. */
const rightImports: readonly (readonly [from: string, specifier: string])[] = [
  ['src/pipeline/ok.ts', '#domain/ok.ts'],
  ['src/pipeline/pull-changes.ts', '#platform/errors.ts'],
  ['src/hubspot/ok.ts', '@hubspot/api-client/lib/codegen/crm/objects/index.js'],
  ['src/store/ok.ts', '@aws-sdk/client-dynamodb'],
  ['lambdas/two/handler.ts', '../runtime/ok.ts'],
  ['lambdas/runtime/ok.ts', '@middy/core'],
  ['lambdas/runtime/queue.ts', '@aws-sdk/client-sqs'],
  ['lib/ok.ts', '#platform/environment/ok.ts'],
  ['bin/ok.ts', '#lib/ok.ts'],
  ['local/ok.ts', '#pipeline/ok.ts'],
];

const bystanders = [
  'src/domain/ok.ts',
  'src/domain/circle-b.ts',
  'src/pipeline/ports.ts',
  'src/platform/errors.ts',
  'src/platform/config.ts',
  'src/platform/environment/ok.ts',
  'src/utilities/ok.ts',
  'bench/ok.ts',
  'test/ok.ts',
];

const packages = [
  '@hubspot/api-client/lib/codegen/crm/objects',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-sqs',
  '@aws-lambda-powertools/logger',
  '@middy/core',
  'aws-cdk-lib',
  'dynalite',
  'zod',
];

describe('the borders between rooms', () => {
  let fixture: string;
  let broken: string[];

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(fixture, path)), { recursive: true });
    writeFileSync(join(fixture, path), text);
  };

  beforeAll(() => {
    fixture = mkdtempSync(join(tmpdir(), 'borders-'));
    for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
      cpSync(join(root, file), join(fixture, file));
    for (const id of packages) write(`node_modules/${id}/index.js`, 'module.exports = {};');
    for (const path of bystanders) write(path, 'export const ok = true;\n');
    write('src/domain/circle-b.ts', "import './circle-a.ts';\n");
    for (const [path, specifier] of [...rightImports, ...wrongImports]) write(path, `import '${specifier}';\n`);
    broken = brokenBorders(fixture);
  });

  afterAll(() => rmSync(fixture, { recursive: true, force: true }));

  test('hold in the whole tree', () => {
    expect(brokenBorders(root)).toEqual([]);
  });

  test.each(wrongImports)('%s may not import %s', (from, _specifier, border) => {
    expect(broken.filter((line) => line.startsWith(`${border}: ${from} → `))).toHaveLength(1);
  });

  test.each(rightImports)('%s may import %s', (from) => {
    expect(broken.filter((line) => line.includes(`: ${from} → `))).toEqual([]);
  });
});

/** The borders: who may know whom. `npm run check:borders` says yes or no; test/architecture proves that each one fires. */

const ourCode = '^(src|lambdas|lib|bin|local|bench|test|web|hubspot-app)/|^connector\\.config\\.ts$';
const ports = '^src/pipeline/ports\\.ts$';
const errorsAndConfig = '^src/platform/(errors|config)\\.ts$';

/** What each room may import of ours; everything else is refused. `$1` is the first group of `from`. */
const rooms = [
  ['domain-knows-itself-only', '^src/domain/', ['^src/domain/']],
  ['contract-imports-nothing', '^src/contract/', ['^src/contract/']],
  ['steps-know-no-adapter', '^src/pipeline/', ['^src/(pipeline|domain|contract)/', errorsAndConfig]],
  [
    'adapters-know-no-step-and-no-other-adapter',
    '^src/(hubspot|store)/',
    ['^src/($1|domain)/', ports, errorsAndConfig],
  ],
  ['platform-knows-itself-only', '^src/platform/', ['^src/platform/']],
  ['configuration-knows-its-schema-only', '^connector\\.config\\.ts$', ['^src/platform/']],
  [
    'lambdas-know-src-and-never-each-other',
    '^lambdas/([^/]+)/',
    ['^src/', '^lambdas/($1|runtime)/', '^connector\\.config\\.ts$'],
  ],
  ['stack-knows-environment-types-only', '^lib/', ['^lib/', '^src/platform/(environment/|errors\\.ts$)']],
  ['bin-knows-the-stack-only', '^bin/', ['^bin/', '^lib/']],
  ['dashboard-knows-the-contract-only', '^web/', ['^web/', '^src/contract/']],
  ['hubspot-app-knows-itself-only', '^hubspot-app/', ['^hubspot-app/']],
  ['local-run-needs-no-bench-and-no-test', '^local/', ['^(src|lambdas|lib|local)/', '^connector\\.config\\.ts$']],
  ['bench-needs-no-test', '^bench/', ['^(src|lambdas|lib|local|bench)/', '^connector\\.config\\.ts$']],
];

/** Packages that only their owners may import. */
const owners = [
  ['hubspot-client-belongs-to-its-adapter', ['@hubspot/api-client'], ['^src/hubspot/', '^test/']],
  ['dynamodb-belongs-to-the-store', ['@aws-sdk/(?!client-sqs)[^/]+'], ['^src/store/', '^local/', '^test/']],
  ['queues-belong-to-the-runtime', ['@aws-sdk/client-sqs'], ['^lambdas/runtime/']],
  [
    'middy-and-powertools-belong-to-the-runtime',
    ['@middy/[^/]+', '@aws-lambda-powertools/[^/]+'],
    ['^lambdas/runtime/'],
  ],
  ['cdk-belongs-to-lib', ['aws-cdk-lib', 'constructs'], ['^lib/', '^bin/', '^test/infrastructure/']],
  [
    'local-tools-are-never-deployed',
    ['dynalite', 'commander', 'cli-table3', 'csv-parse', 'esbuild'],
    ['^(local|bench|lib|test)/'],
  ],
];

module.exports = {
  forbidden: [
    ...rooms.map(([name, from, allowed]) => ({
      name,
      severity: 'error',
      from: { path: from },
      to: { path: ourCode, pathNot: allowed },
    })),
    ...owners.map(([name, packages, allowed]) => ({
      name,
      severity: 'error',
      from: { path: ourCode, pathNot: allowed },
      to: { path: packages.map((id) => `(^|node_modules/)${id}(/|$)`) },
    })),
    {
      name: 'domain-uses-no-node-module-and-no-package-but-maths',
      severity: 'error',
      from: { path: '^src/(domain|contract)/' },
      to: { pathNot: [ourCode, 'node_modules/@stdlib/'] },
    },
    {
      name: 'src-has-known-rooms-only',
      severity: 'error',
      comment: 'A new folder in src needs borders first.',
      from: {},
      to: { path: '^src/', pathNot: '^src/(domain|contract|pipeline|hubspot|store|platform)/' },
    },
    {
      name: 'no-circular-imports',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable-imports',
      severity: 'error',
      comment: 'An import that leads nowhere hides from every other border.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import type { FunctionName } from '#platform/environment/functions.ts';

/** The root of the project. */
export const projectRoot = join(import.meta.dirname, '..');

const stub = (file: string): string => join(import.meta.dirname, 'stubs', file);

/** How a function is bundled for AWS; the stack, the bench and the tests all use these options. */
const options = {
  bundle: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  // CommonJS packages inside an ES module still call `require`.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  // What Lambda needs of two packages; each stub says what is left out.
  alias: { 'form-data': stub('form-data.cjs'), '@aws-sdk/credential-provider-node': stub('credentials.ts') },
  logLevel: 'error',
} satisfies BuildOptions;

/** A function's single file, as it is deployed. */
export interface Bundle {
  readonly file: string;
  /** The npm packages it contains parts of, sorted. */
  readonly packages: readonly string[];
}

/** Bundles a function into `index.mjs` in a folder. */
export const bundleFunction = (name: FunctionName, folder: string): Bundle =>
  bundleFile(join(projectRoot, 'lambdas', name, 'handler.ts'), join(folder, 'index.mjs'));

/** Bundles any module as functions are. */
export function bundleFile(entry: string, file: string): Bundle {
  const { metafile } = buildSync({ ...options, absWorkingDir: projectRoot, entryPoints: [entry], outfile: file });
  const packages = Object.keys(metafile.inputs).flatMap((path) => path.match(packageName)?.[1] ?? []);
  return { file, packages: [...new Set(packages)].sort() };
}

const packageName = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

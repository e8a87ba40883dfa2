import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, meetsGoal } from './harness/figure.ts';
import { figureTable } from './harness/table.ts';

/** Every file beside this one is a bench. */
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'run')
  .sort();

const load = (name: string): Promise<Bench> => import(`./${name}.ts`);

async function help(): Promise<string> {
  const benches = await Promise.all(names.map(load));
  const list = benches.map(({ name, describes }) => `  ${name.padEnd(12)} ${describes}`);
  return ['Usage: npm run bench -- <name> [--json] [--small] [--seconds <n>]', '', ...list].join('\n');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      small: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (values.help || name === undefined) {
    console.log(await help());
    return 0;
  }
  if (more.length > 0 || !names.includes(name)) {
    console.error(`There is no bench "${positionals.join(' ')}". Benches: ${names.join(', ')}.`);
    return 2;
  }
  const bench = await load(name);
  const { assumes = [] } = bench;
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  if (seconds !== undefined && !(seconds > 0)) {
    console.error(`--seconds takes a number greater than 0, not "${values.seconds}".`);
    return 2;
  }
  const figures = await bench.run({
    progress: (line) => console.error(line),
    small: values.small,
    ...(seconds !== undefined && { seconds }),
  });
  console.log(
    values.json
      ? JSON.stringify({ name, figures, assumes })
      : [figureTable(figures), ...assumes.map((line) => `- ${line}`)].join('\n'),
  );
  // What a hundredth of the work takes promises nothing.
  return values.small || figures.every(meetsGoal) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(`${error.message} See npm run bench -- --help.`);
  process.exitCode = 2;
}

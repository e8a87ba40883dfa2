import { InvalidArgumentError, Option } from 'commander';

/** A reader of numbers for an option; `rule` says in words what `holds`. */
const number =
  (rule: string, holds: (value: number) => boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !holds(value)) throw new InvalidArgumentError(`It must be ${rule}.`);
    return value;
  };

/** A whole number of at least 0. */
const whole = number('a whole number, 0 or more', (value) => Number.isInteger(value) && value >= 0);

/** A number above 0. */
export const positive = number('a number above 0', (value) => value > 0 && value < Number.POSITIVE_INFINITY);

/** A TCP port; 0 takes any free one. */
export const port = number('a port: 0 to 65535', (value) => Number.isInteger(value) && value >= 0 && value <= 65535);

/** The options the commands share: which portal to work on. */
export const portalOptions = {
  portal: new Option(
    '--portal <portal>',
    'demo, demo:null, real:<data set> or a portal directory; default: your own portal if HUBSPOT_ACCESS_TOKEN is set, else demo',
  ),
  seed: new Option('--seed <n>', 'seed of the demo portal').argParser(whole),
  scale: new Option('--scale <n>', 'size of the demo portal: 1 = about 2,000 contacts, 0.1 = about 200').argParser(
    positive,
  ),
  config: new Option('--config <file>', 'read the configuration from this file in place of connector.config.ts'),
  table: new Option(
    '--table <table>',
    'work on this DynamoDB table, with the AWS credentials and region of the environment, in place of .local/hubspot/',
  ).conflicts(['portal', 'seed', 'scale']),
  backfill: new Option(
    '--backfill <mode>',
    'read the portal the first time in the fewest calls, or in the least time',
  ).choices(['auto', 'frugal', 'fast']),
  fresh: new Option('--fresh', 'forget what earlier runs of this portal left under .local/, their undo included'),
};

/** The options as commander hands them over. */
export interface PortalChoice {
  readonly portal?: string;
  readonly seed?: number;
  readonly scale?: number;
  readonly config?: string;
  readonly fresh?: boolean;
  readonly table?: string;
  readonly backfill?: 'auto' | 'frugal' | 'fast';
}

/** The portal meant; null for the one behind the token in the environment. */
export const chosenPortal = ({ portal, table }: PortalChoice): string | null =>
  portal ?? (process.env['HUBSPOT_ACCESS_TOKEN'] || table !== undefined ? null : 'demo');

/** The same choice as words to type after another command. */
export const typed = (choice: PortalChoice): string =>
  (['portal', 'seed', 'scale', 'config', 'table'] as const)
    .flatMap((name) => (choice[name] === undefined ? [] : [` --${name} ${quoted(String(choice[name]))}`]))
    .join('');

const quoted = (word: string): string => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

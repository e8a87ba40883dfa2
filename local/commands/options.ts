import { InvalidArgumentError, Option } from 'commander';

/** A whole number of at least 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return value;
}

/** A whole number of at least 0. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return value;
}

/** The options every command shares: which portal to work on. */
export const portalOptions = {
  portal: new Option(
    '--portal <portal>',
    'demo, demo:null, real:<data set> or a portal directory; default: your own portal if HUBSPOT_ACCESS_TOKEN is set, else demo',
  ),
  seed: new Option('--seed <n>', 'seed of the demo portal').argParser(whole),
  scale: new Option('--scale <n>', 'size of the demo portal, 1 = about 2,000 contacts').argParser(positive),
  fresh: new Option('--fresh', 'forget what earlier runs of this portal left under .local/'),
};

/** The options as commander hands them over. */
export interface PortalChoice {
  readonly portal?: string;
  readonly seed?: number;
  readonly scale?: number;
  readonly fresh?: boolean;
}

/** The portal meant; null for the one behind the token in the environment. */
export const chosenPortal = ({ portal }: PortalChoice): string | null =>
  portal ?? (process.env['HUBSPOT_ACCESS_TOKEN'] ? null : 'demo');

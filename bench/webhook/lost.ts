import { compare, type Findings } from '../torture/verdict/findings.ts';
import type { Scene } from './scene.ts';

const all = ({ lost, phantom, stale }: Findings): string[] => [...lost, ...phantom, ...stale];

/** Events do not tell the modified date they left, and no row tells a stage history: both come with the next pull. */
const comesWithThePull = [
  /(; |: )modifiedAt \d+ instead of \d+$/,
  / was reopened, and its stage history was never read$/,
];

const untilThePull = (difference: string): string | null => {
  const left = comesWithThePull.reduce((text, late) => text.replace(late, ''), difference);
  return left === difference || left.includes(': ') ? left : null;
};

/** How the mirror differs from the portal, as far as webhooks alone should have made them equal. */
export const differencesBeforePull = async ({
  simulator,
  table,
}: Pick<Scene, 'simulator' | 'table'>): Promise<string[]> =>
  all(await compare(simulator.portal, table)).flatMap((each) => untilThePull(each) ?? []);

/** How it differs in anything at all. */
export const differences = async ({ simulator, table }: Scene): Promise<string[]> =>
  all(await compare(simulator.portal, table));

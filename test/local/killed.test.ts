import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '#local/journal.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { type PrintedReport, printedReport } from './report-schema.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.05);
const words = ['run', '--portal', 'small', '--json'];

/** What our properties hold in the portal that a working directory left behind. */
async function heldIn(directory: string): Promise<Record<string, string>> {
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock });
  for (const entry of openJournal(join(directory, '.local/demo/simulator.jsonl')).entries) {
    clock.advanceTo(entry.at);
    if (entry.change === 'call') simulator.replay(entry);
  }
  await simulator.close();
  const held = (['companies', 'contacts'] as const).flatMap((type) =>
    simulator.portal.records[type]
      .all()
      .flatMap(({ id, properties }) =>
        Object.entries(properties).flatMap(([name, value]) =>
          name.startsWith('cx_') && value ? [[`${type} ${id} ${name}`, value] as const] : [],
        ),
      ),
  );
  return Object.fromEntries(held);
}

/** What must not depend on how often the run was interrupted. */
const lasting = ({ durationMs: _, apiCalls: __, writeBack, ...rest }: PrintedReport) => ({
  ...rest,
  customers: writeBack.planned + writeBack.kept,
  refused: writeBack.refused,
});

describe('a first run that is killed again and again', () => {
  const whole = openWorkshop();
  const shop = openWorkshop();

  it('finishes with the result of one that was left alone', async () => {
    await whole.portal('small', portal);
    const undisturbed = printedReport((await whole.cx(words)).stdout);

    await shop.portal('small', portal);
    const random = randomStream(20, 'kills');
    const pulls = ['company', 'contact', 'deal', 'ticket', 'answer', 'call'];
    const early = random.integer(0, 3);
    const late = random.integer(early + 1, 4);
    // A step's line appears with the first progress of the next one.
    const moments = [
      ['the pull', `pull ${pulls[early]}: `],
      ['the pull', `pull ${pulls[late]}: `],
      ['the pull', 'pull call: '],
      ['computing', 'pull subscription: '],
      ['scoring', 'compute metrics: [\\d,]+ \\('],
      ['writing', 'score customers: '],
    ] as const;
    for (const [phase, line] of moments) {
      const run = shop.start(words);
      await run.until('stderr', new RegExp(`^  ${line}`, 'm'));
      run.process.kill('SIGKILL');
      expect(await run.ended, phase).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    }

    const finished = printedReport((await shop.cx(words)).stdout);
    expect(lasting(finished)).toEqual(lasting(undisturbed));
    expect(finished.writeBack.written).toBeLessThan(undisturbed.writeBack.written);
    const held = await heldIn(shop.directory);
    expect(Object.keys(held).length).toBeGreaterThan(100);
    expect(held).toEqual(await heldIn(whole.directory));

    const further = printedReport((await shop.cx(words)).stdout);
    expect(further.writeBack).toMatchObject({ planned: 0, written: 0, calls: 0 });
  }, 180_000);
});

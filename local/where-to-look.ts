import type { RunOverview } from '#contract/report.ts';
import type { Session } from './session.ts';
import { deadLettersLine, quarantineLine } from './sync-lines.ts';

/**
 * The lines under a summary: how to see why, how to write or undo, and where the data are. `flags` are those that name the
 * portal, as typed.
 */
export function whereToLook({ report, atRisk, upsell }: RunOverview, session: Session, flags: string): string {
  const [someone] = [...atRisk, ...upsell];
  const of = someone ? `${someone.kind} ${someone.id}` : 'contact <id>';
  const { planned, written } = report.writeBack;
  const held = quarantineLine(report.sync);
  const dead = deadLettersLine(report.sync);
  const waits = planned > 0 && written === 0;
  const start = session.simulated ? `npm run cx -- write --go${flags}` : `npm start -- --write${flags}`;
  return [
    ['Why', `npm run cx -- explain ${of}${flags}`],
    waits ? ['To write', `npm run cx -- write${flags} shows the plan, ${start} writes it`] : null,
    written > 0 ? ['To undo', `npm run cx -- write --undo${flags}`] : null,
    held === null ? null : ['Quarantine', `${held}: npm run cx -- quarantine${flags} says why, --retry reads again`],
    dead === null
      ? null
      : ['To redrive', `${dead}: npm run cx -- redrive --list${flags} says why, redrive tries them again`],
    ['Data', `${session.home}/${session.simulated ? '; simulator.jsonl lists what was written to the portal' : ''}`],
  ]
    .filter((line) => line !== null)
    .map(([name = '', text = '']) => `${name.padEnd(10)} ${text}\n`)
    .join('');
}

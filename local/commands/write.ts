import { Command } from 'commander';
import type { Connector } from '#pipeline/connector.ts';
import { planWriteBack } from '#pipeline/plan-write-back.ts';
import type { PendingWrite } from '#pipeline/ports.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { undoWrites } from '#pipeline/undo-writes.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { releaseWriting } from '#pipeline/writing-hold.ts';
import { refusalLines } from '../refusal-groups.ts';
import { openSession, type Session } from '../session.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

interface WriteFlags extends PortalChoice {
  readonly undo?: boolean;
  readonly go?: boolean;
}

const shown = 10;

/** `cx write`: what would be written, the writing itself, and its undo. */
export const writeCommand = new Command('write')
  .description('show what waits to be written to HubSpot, write it, or undo the last writing')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .option('--go', 'write what waits')
  .option('--undo', 'put back what our properties held before the last writing; again goes further back')
  .action(async ({ undo, go, ...choice }: WriteFlags) => {
    const session = await openSession({ ...choice, portal: chosenPortal(choice), fresh: false });
    try {
      for await (const line of (undo ? undone : go ? written : planned)(session)) process.stdout.write(`${line}\n`);
    } finally {
      await session.close();
    }
  });

async function* undone({ connector }: Session): AsyncGenerator<string> {
  const { run, restored, refused } = await undoWrites(connector);
  if (run === null) return yield 'There is no writing to undo.';
  yield `Undid the writing of ${run}: ${count(restored)} records restored, ${count(refused.length)} refused. Nothing is written again until \`cx write --go\`, or a run with --write.`;
  for (const outcome of refused)
    if (outcome.status === 'refused') yield `  ${outcome.id}: ${outcome.because}. ${outcome.remedy}`;
}

async function* written({ connector, asOf }: Session): AsyncGenerator<string> {
  await releaseWriting(connector.store);
  await scoreCustomers(connector, { asOf: asOf() });
  const { written, refused, provisioned } = await writeBack(connector, { mode: 'write' });
  if (provisioned.length > 0) yield `Created ${provisioned.length} properties of the group cx_connector.`;
  yield `${count(written)} records written, ${count(refused.length)} refused.`;
  yield* refusalLines(refused.map((refusal) => ({ ...refusal, record: `${refusal.kind} ${refusal.id}` })));
}

async function* planned({ connector, asOf }: Session): AsyncGenerator<string> {
  await scoreCustomers(connector, { asOf: asOf() });
  let waiting = 0;
  for (const kind of ['company', 'contact'] as const)
    for await (const pending of connector.store.pendingWrites(kind))
      if (waiting++ < shown) yield* differences(connector, pending);
  const rest = waiting > shown ? `; the first ${shown} are shown` : '';
  yield `${count(waiting)} records wait to be written${rest}. Nothing was sent${waiting > 0 ? '; --go writes them' : ''}.`;
}

/** What would change on one record, property by property. */
async function* differences({ store, crm }: Connector, { kind, id, wanted }: PendingWrite): AsyncGenerator<string> {
  const record = (await store.readRecords(kind, [id])).get(id);
  const held = record?.outputs ?? {};
  const decision = planWriteBack(held, wanted, crm.sameOutput);
  const name = record && 'name' in record.fields ? (record.fields.name ?? '') : '';
  yield `${kind} ${id}  ${name}`.trimEnd();
  for (const [property, value] of Object.entries('write' in decision ? decision.write : {})) {
    const before = held[property] ? `${inline(held[property])} -> ` : '';
    yield `    ${property}: ${before}${inline(value) || '(emptied)'}`;
  }
}

const inline = (value: string): string => value.replaceAll('\n', ' | ');
const count = (n: number): string => n.toLocaleString('en');

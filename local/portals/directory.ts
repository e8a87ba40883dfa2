/** A portal as a folder of plain files; `docs/portal-format.md` is for people who bring their own. */
import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { connectorConfigSchema } from '#platform/config.ts';
import { parse, readJsonLines, writeJsonLines } from './json-lines.ts';
import {
  type ObjectType,
  objectTypes,
  type Portal,
  type PortalDefinition,
  type PortalEvent,
  type PortalRecord,
} from './portal.ts';
import { PortalError } from './portal-error.ts';
import { definitionSchema, eventSchema, recordSchema } from './portal-schema.ts';
import { dealPipeline, ticketPipeline } from './stock-pipelines.ts';

/** Reads `portal.json`, `<type>.jsonl` and `future.jsonl`; a missing `.jsonl` means no records of that type. */
export async function readPortalDirectory(dir: string): Promise<Portal> {
  const definition = await readDefinition(join(dir, 'portal.json'));
  const records: Partial<Record<ObjectType, readonly PortalRecord[]>> = {};
  for (const type of objectTypes) {
    records[type] = await readRecords(join(dir, `${type}.jsonl`), definition.asOf);
  }
  const future = await readFuture(join(dir, 'future.jsonl'), definition.asOf);
  return { definition, records: records as Portal['records'], future };
}

/** Writes the same files, each under a temporary name first; `portal.json` takes its place last. */
export async function writePortalDirectory(dir: string, portal: Portal): Promise<void> {
  const suffix = `.${randomUUID()}.tmp`;
  const contents: readonly (readonly [string, readonly unknown[]])[] = [
    ...objectTypes.map((type) => [`${type}.jsonl`, portal.records[type]] as const),
    ['future.jsonl', portal.future],
  ];
  const names = [...contents.map(([name]) => name), 'portal.json'];
  await mkdir(dir, { recursive: true });
  try {
    for (const [name, values] of contents) {
      if (values.length > 0) await writeJsonLines(join(dir, name + suffix), values);
    }
    await writeFile(join(dir, `portal.json${suffix}`), `${JSON.stringify(portal.definition, null, 2)}\n`);
    for (const [name, values] of contents) {
      if (values.length > 0) await rename(join(dir, name + suffix), join(dir, name));
      else await rm(join(dir, name), { force: true });
    }
    await rename(join(dir, `portal.json${suffix}`), join(dir, 'portal.json'));
  } finally {
    await Promise.all(names.map((name) => rm(join(dir, name + suffix), { force: true })));
  }
}

async function readDefinition(file: string): Promise<PortalDefinition> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new PortalError(
      `${file}: cannot be read. A portal directory needs a portal.json; see docs/portal-format.md.`,
      {
        cause,
      },
    );
  }
  const definition = parse(text, file, definitionSchema);
  const mappings = connectorConfigSchema.safeParse(definition.mappings);
  if (!mappings.success) {
    const issues = z.prettifyError(mappings.error).replaceAll('\n', '\n  ');
    throw new PortalError(`${file}: "mappings" is not valid configuration (src/platform/config.ts).\n  ${issues}`);
  }
  const pipelines = { tickets: [ticketPipeline], deals: [dealPipeline], ...definition.pipelines };
  return { ...definition, pipelines } as PortalDefinition;
}

async function readRecords(file: string, asOf: string): Promise<PortalRecord[]> {
  if (!(await exists(file))) return [];
  const records: PortalRecord[] = [];
  const lineOfId = new Map<string, number>();
  for await (const { line, value } of readJsonLines(file, recordSchema)) {
    const first = lineOfId.get(value.id);
    if (first !== undefined) {
      throw new PortalError(`${file}, line ${line}: id ${value.id} already stands on line ${first}; keep one of them.`);
    }
    if (value.createdAt > asOf || value.updatedAt > asOf) {
      const what = 'move asOf in portal.json, or the change to future.jsonl';
      throw new PortalError(
        `${file}, line ${line}: record ${value.id} changed after the portal's asOf (${asOf}): ${what}.`,
      );
    }
    lineOfId.set(value.id, line);
    records.push(value as PortalRecord);
  }
  return records;
}

async function readFuture(file: string, asOf: string): Promise<PortalEvent[]> {
  if (!(await exists(file))) return [];
  const events: PortalEvent[] = [];
  for await (const { line, value } of readJsonLines(file, eventSchema)) {
    if (value.at < asOf) {
      throw new PortalError(`${file}, line ${line}: happens at ${value.at}, before the portal's asOf (${asOf}).`);
    }
    events.push(value as PortalEvent);
  }
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Files of one JSON value per line, streamed so that their size does not matter. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { PortalError } from './portal-error.ts';

/**
 * The values of a file with their line numbers, each checked against `schema`; empty lines are skipped.
 * Lines end at a line feed only: texts from a CRM hold U+2028, which node:readline takes for a line end.
 */
export async function* readJsonLines<T>(
  file: string,
  schema: z.ZodType<T>,
): AsyncGenerator<{ line: number; value: T }> {
  let rest = '';
  let line = 0;
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      if (text.trim() !== '') yield { line, value: parse(text, `${file}, line ${line}`, schema) };
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, value: parse(rest, `${file}, line ${line + 1}`, schema) };
}

/** Reads `text` as JSON of the given shape; `where` names the place in the error. */
export function parse<T>(text: string, where: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new PortalError(`${where}: not JSON (${(cause as Error).message}). See docs/portal-format.md.`, { cause });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issues = z.prettifyError(read.error).replaceAll('\n', '\n  ');
  throw new PortalError(`${where}: not as docs/portal-format.md describes it.\n  ${issues}`, { cause: read.error });
}

/** Writes one line per value. */
export async function writeJsonLines(file: string, values: Iterable<unknown>): Promise<void> {
  await pipeline(Readable.from(blocks(values)), createWriteStream(file, 'utf8'));
}

/** Some hundred lines at a time: a stream pays for each chunk, not for each byte. */
function* blocks(values: Iterable<unknown>): Generator<string> {
  let lines: string[] = [];
  for (const value of values) {
    lines.push(`${JSON.stringify(value)}\n`);
    if (lines.length === 500) {
      yield lines.join('');
      lines = [];
    }
  }
  if (lines.length > 0) yield lines.join('');
}

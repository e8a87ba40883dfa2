/** CSV files of the real sets, read whole: the largest has 142,000 lines. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** The rows of a file as lists of fields, header included; unpacks `.gz`. */
export async function readCsv(
  file: string,
  options: { readonly encoding?: 'utf8' | 'latin1'; readonly delimiter?: string } = {},
): Promise<string[][]> {
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(options.encoding ?? 'utf8');
  return parse(text, {
    delimiter: options.delimiter ?? ',',
    relax_quotes: true,
    skip_empty_lines: true,
  }) as unknown as string[][];
}

/** Names each row's fields by the header; a name that occurs twice keeps its first column. */
export function namedRows(rows: readonly (readonly string[])[]): Record<string, string>[] {
  const [header = [], ...body] = rows;
  const first = header
    .map((name, column) => ({ name, column }))
    .filter(({ name, column }) => header.indexOf(name) === column);
  return body.map((row) => Object.fromEntries(first.map(({ name, column }) => [name, row[column] ?? ''])));
}

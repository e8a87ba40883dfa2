import * as z from 'zod';
import { recordKinds } from '#domain/records/record.ts';
import type { Departure } from '#pipeline/ports.ts';
import { PayloadError } from '#platform/errors.ts';

const id = z.string().regex(/^[1-9]\d{0,23}$/, 'a record id: 1 to 24 digits');
const common = { kind: z.enum(recordKinds), id, at: z.iso.datetime() };

const tombstone = z.discriminatedUnion('why', [
  z.strictObject({ ...common, why: z.literal('archived') }),
  z.strictObject({ ...common, why: z.literal('merged'), into: id }),
  z.strictObject({ ...common, why: z.literal('erased') }),
]);

/** The first line: whose tombstones, and how many, so that neither another portal's nor half a file are taken. */
const heading = z.strictObject({
  tombstones: z.literal(1),
  portalId: z.string().min(1),
  at: z.iso.datetime(),
  count: z.int().min(0),
});

/** Departures as JSON lines behind a heading: ids and dates, nothing about the person. */
export function printTombstones(departures: readonly Departure[], portalId: string, at: number): string {
  const first = { tombstones: 1, portalId, at: iso(at), count: departures.length };
  const lines = departures.map((each) => ({ ...each, at: iso(each.at) }));
  return [first, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

const iso = (at: number): string => new Date(at).toISOString();

/** Told at most; whoever mends the first ones finds the others by the same rule. */
const problemsTold = 10;

/**
 * Reads what `printTombstones` printed: all of it or nothing.
 * @throws PayloadError that names each line that is not a tombstone, a file that ends early, and one of another portal.
 */
export function readTombstones(text: string, { file, portalId }: { readonly file: string; readonly portalId: string }) {
  const [first = '', ...lines] = text.replace(/\n$/, '').split('\n');
  const problems: string[] = [];
  const read = <T>(schema: z.ZodType<T>, line: string, number: number): T[] => {
    const parsed = schema.safeParse(jsonOf(line));
    if (parsed.success) return [parsed.data];
    problems.push(`${file}, line ${number}: ${jsonOf(line) === undefined ? 'not JSON' : firstIssue(parsed.error)}`);
    return [];
  };
  const [head] = read(heading, first, 1);
  const departures = lines.flatMap((line, index) => read(tombstone, line, index + 2));
  if (head && head.portalId !== portalId)
    problems.unshift(`${file}, line 1: these are the tombstones of portal ${head.portalId}, not of ${portalId}`);
  if (head && head.count !== lines.length)
    problems.push(`${file}: ${head.count} tombstones are announced, ${lines.length} lines follow`);
  if (problems.length > 0) {
    const more = problems.length > problemsTold ? [`and ${problems.length - problemsTold} more`] : [];
    throw new PayloadError(
      [...problems.slice(0, problemsTold), ...more].join('\n'),
      'Nothing was replayed. Take a whole file that `cx tombstones export` wrote for this portal.',
    );
  }
  return departures.map((each): Departure => ({ ...each, at: Date.parse(each.at) }));
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const { path = [], message = '' } = issue ?? {};
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

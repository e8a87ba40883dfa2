import type { FieldsByKind, Problem, RecordKind } from '#domain/records/record.ts';
import type { StageFacts } from '../stages.ts';
import type { Reader } from './readers.ts';

/** Properties as HubSpot sends them. */
export type RawProperties = Readonly<Record<string, string | null | undefined>>;

/** Where a value comes from: the first property that is set and readable, and how it is read. */
export interface Source<T> {
  readonly properties: readonly string[];
  readonly read: Reader<T>;
}

/** A source of one property, or of several in order of preference. */
export const from = <T>(properties: string | readonly string[], read: Reader<T>): Source<T> => ({
  properties: typeof properties === 'string' ? [properties] : properties,
  read,
});

type Sources = Readonly<Record<string, Source<unknown>>>;
/** The values a table of sources gives: null where unset or unreadable. */
export type ValuesOf<S> = { readonly [P in keyof S]: S[P] extends Source<infer T> ? T | null : never };

/** What the portal says beyond the record itself. */
export interface PortalFacts {
  readonly homeCurrency: string | null;
  stage(pipeline: string | null, stage: string | null): StageFacts | undefined;
}

/** By kind of the linked record, the property that holds its id. */
export type NamedLinks = Readonly<Partial<Record<RecordKind, string>>>;

/** Notes a value that cannot be believed; its field is null then. */
export type Note = (field: string, because: string) => void;

/** How records of one kind are read: which properties to ask for, and how they become typed fields. */
export interface Mapping<K extends RecordKind> {
  readonly properties: readonly string[];
  /** Properties that name a linked record where HubSpot keeps no association. */
  readonly namedLinks: NamedLinks;
  read(
    raw: RawProperties,
    portal: PortalFacts,
  ): { readonly fields: FieldsByKind[K]; readonly problems: readonly Problem[] };
}

const firstReadable = <T>(field: string, source: Source<T>, raw: RawProperties, note: Note): T | null => {
  for (const property of source.properties) {
    const held = raw[property];
    if (held === null || held === undefined || held.trim() === '') continue;
    const reading = source.read(held);
    if ('value' in reading) return reading.value;
    note(field, `${property}: ${reading.because}`);
  }
  return null;
};

/** A mapping from a table of sources and a function from their values to the fields of the kind. */
export function mapping<K extends RecordKind, S extends Sources>(
  sources: S,
  derive: (values: ValuesOf<S>, note: Note, portal: PortalFacts) => FieldsByKind[K],
  namedLinks: NamedLinks = {},
): Mapping<K> {
  const named = Object.values(sources).flatMap((source) => source.properties);
  return {
    properties: [...new Set([...named, ...Object.values(namedLinks)])],
    namedLinks,
    read: (raw, portal) => {
      const problems: Problem[] = [];
      const note: Note = (field, because) => problems.push({ field, because });
      const entries = Object.entries(sources).map(([field, source]) => [
        field,
        firstReadable(field, source, raw, note),
      ]);
      const fields = derive(Object.fromEntries(entries) as ValuesOf<S>, note, portal);
      return { fields, problems };
    },
  };
}

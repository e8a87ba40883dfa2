import { type Language, renderLines } from '#contract/messages/index.ts';
import type { Line, Outputs } from '../domain/scores/outputs.ts';
import type { OutputValue } from './ports.ts';

/** How texts are written: the reader's language, and the portal's time zone (IANA name) for days. */
export interface Wording {
  readonly language: Language;
  readonly timeZone: string;
}

const propertyName = (field: string): string => `cx_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

/** A score's outputs by property name, with reasons put into words: one a line, each with its points. */
export const outputValues = (outputs: Outputs, { language, timeZone }: Wording): Record<string, OutputValue> =>
  Object.fromEntries(
    Object.entries(outputs).map(([field, value]: [string, OutputValue | readonly Line[]]) => [
      propertyName(field),
      isLines(value) ? renderLines(language, value, timeZone) || null : value,
    ]),
  );

const isLines = (value: OutputValue | readonly Line[]): value is readonly Line[] => Array.isArray(value);

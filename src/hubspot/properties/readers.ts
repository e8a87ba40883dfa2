import type { Hours, Instant } from '#domain/records/record.ts';

/** A typed value, or why the raw one is none. */
export type Reading<T> = { readonly value: T } | { readonly because: string };

/** Reads a raw property value; called with non-empty text only, since HubSpot's `null` and `""` both mean unset. */
export type Reader<T> = (raw: string) => Reading<T>;

const unreadable = (raw: string, expected: string): { because: string } => ({
  because: `"${raw.length > 40 ? `${raw.slice(0, 40)}…` : raw}" is not ${expected}`,
});

/** Text as it stands, without the white space around it. */
export const text: Reader<string> = (raw) => ({ value: raw.trim() });

/** A decimal number. Thousands separators are refused, not guessed. */
export const number: Reader<number> = (raw) => {
  const plain = raw.trim();
  const value = Number(plain);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) && Number.isFinite(value)
    ? { value }
    : unreadable(raw, 'a number (digits and a decimal point only)');
};

/** `true` or `false`. */
export const bool: Reader<boolean> = (raw) => {
  const plain = raw.trim().toLowerCase();
  return plain === 'true' || plain === 'false' ? { value: plain === 'true' } : unreadable(raw, 'true or false');
};

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

const isDay = (year: string, month: string, day: string): boolean => {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

const fromIso = (raw: string): Instant => {
  const [, year = '', month = '', day = '', time = '00:00', zone = 'Z'] = iso.exec(raw) ?? [];
  return isDay(year, month, day) ? Date.parse(`${year}-${month}-${day}T${time}${zone.toUpperCase()}`) : Number.NaN;
};

/**
 * A date or datetime: ISO 8601 (UTC where no zone is given; a plain date is midnight UTC) or milliseconds since the epoch
 * (https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide).
 */
export const moment: Reader<Instant> = (raw) => {
  const plain = raw.trim();
  const value = /^-?\d{11,14}$/.test(plain) ? Number(plain) : fromIso(plain);
  return Number.isNaN(value) ? unreadable(raw, 'a date (ISO 8601 or epoch milliseconds)') : { value };
};

/** A multi-select: `a;b;c`, without empty and repeated entries. */
export const list: Reader<readonly string[]> = (raw) => {
  const entries = raw.split(';').map((entry) => entry.trim());
  return { value: [...new Set(entries.filter((entry) => entry !== ''))] };
};

/** A length of time that HubSpot keeps in milliseconds. */
export const milliseconds: Reader<Hours> = (raw) => {
  const reading = number(raw);
  if (!('value' in reading)) return reading;
  return reading.value < 0 ? unreadable(raw, 'a length of time') : { value: reading.value / 3_600_000 };
};

/** Languages of texts written for people. */
export const languages = ['en', 'zh-CN', 'zh-TW'] as const;
export type Language = (typeof languages)[number];

/** Numbers and dates as one language writes them. */
export interface Format {
  /** At most one decimal. */
  number(value: number): string;
  /** A share 0–1 in whole percent; values below 1 % and −0 included. */
  percent(share: number): string;
  /** With its sign, as points are written. */
  signed(value: number): string;
  /** Hours as hours below two days, else as days. */
  hours(hours: number): string;
  days(days: number): string;
  /** The calendar day of an instant. */
  date(at: number): string;
  list(items: readonly string[]): string;
}

function formatOf(language: Language, timeZone: string): Format {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'negative' });
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'negative',
  });
  const signed = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const unit = (name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: 1 });
  const hours = unit('hour');
  const days = unit('day');
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    signed: (value) => signed.format(value),
    hours: (value) => (value < 48 ? hours.format(value) : days.format(value / 24)),
    days: (value) => days.format(value),
    date: (at) => date.format(at),
    list: (items) => list.format(items),
  };
}

const known = new Map<string, Format>();

/** The formats of a language; days are those of the time zone (IANA name). Made once, since making them is slow. */
export function formatFor(language: Language, timeZone: string): Format {
  const key = `${language} ${timeZone}`;
  const format = known.get(key) ?? formatOf(language, timeZone);
  known.set(key, format);
  return format;
}

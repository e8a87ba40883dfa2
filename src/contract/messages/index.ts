import { en } from './en.ts';
import { formatFor, type Language } from './format.ts';
import type { Catalogue, MessageCode, MessageValues } from './message.ts';
import { zhCn } from './zh-cn.ts';
import { zhTw } from './zh-tw.ts';

export { type Language, languages } from './format.ts';
export type { MessageCode, MessageValues } from './message.ts';

/** Every message in every language. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { en, 'zh-CN': zhCn, 'zh-TW': zhTw };

/** A message in plain words, with numbers as the language writes them. Days are those of `timeZone`, an IANA name. */
export function render<C extends MessageCode>(
  language: Language,
  code: C,
  values: MessageValues[C],
  timeZone = 'UTC',
): string {
  return catalogues[language][code](values, formatFor(language, timeZone));
}

/** A reason with the points it adds; null where it has none. */
export type MessageLine = {
  readonly [C in MessageCode]: { readonly code: C; readonly values: MessageValues[C]; readonly points: number | null };
}[MessageCode];

/** Reasons as they stand in a HubSpot property: one a line, each with its points, `''` for none. */
export function renderLines(language: Language, lines: readonly MessageLine[], timeZone = 'UTC'): string {
  const { signed } = formatFor(language, timeZone);
  return lines
    .map(({ code, values, points }) => {
      const text = render(language, code, values as MessageValues[typeof code], timeZone);
      return points === null ? text : `${text} (${signed(points)})`;
    })
    .join('\n');
}

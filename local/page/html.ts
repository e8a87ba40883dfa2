/** Markup that is safe to send: made only by `html`, which escapes every value put into it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Value = string | number | Markup | readonly Markup[];

const render = (value: Value): string => {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Markup[]).map((part) => part.text).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] as string);
};

/** Template tag: literal parts are markup, values are text unless they are markup already. */
export const html = (literals: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(literals.map((literal, at) => literal + (at < values.length ? render(values[at] as Value) : '')).join(''));

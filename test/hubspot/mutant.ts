import { createHmac } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { SignedRequest } from '#hubspot/webhook/signature.ts';

/** A signed request in its four texts, and the signature. */
export interface Signed {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** As the verifier takes it. */
export const requestOf = ({ body, ...signed }: Signed): SignedRequest => ({ ...signed, body: Buffer.from(body) });

/** What HubSpot's formula makes of a request, written down a second time. */
export const signed = (request: Omit<Signed, 'signature'>, secret: string): Signed => {
  const message = request.method + request.url + request.body + request.timestamp;
  return { ...request, signature: createHmac('sha256', secret).update(message, 'utf8').digest('base64') };
};

/** The characters that HubSpot decodes in URLs. */
export const decodedCharacters = ":/?@!$'()*,;";

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** A URL with these characters written as they are. */
const decoded = (url: string): string =>
  [...decodedCharacters].reduce((text, character) => text.split(percent(character)).join(character), url);

/** Draws from a seed. */
export function drawing(seed: number) {
  const generator = xoroshiro128plus(seed);
  const below = (count: number): number => uniformInt(generator, 0, count - 1);
  const one = <T>(of: ArrayLike<T>): T => of[below(of.length)] as T;
  const text = (length: number, alphabet: string): string => Array.from({ length }, () => one([...alphabet])).join('');
  return { below, one, text };
}

type Draw = ReturnType<typeof drawing>;

const spliced = (text: string, at: number, gone: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + gone);

const anything = 'abcXYZ0189 "{}[]:,/\\%?&=+-_.~\u0000\u007Féß漢\uFEFF😀\t\n';

/** Small changes to any text. */
const textMutations: Readonly<Record<string, (text: string, draw: Draw) => string>> = {
  replace: (text, { below, text: drawn }) => spliced(text, below(text.length + 1), 1, drawn(1, anything)),
  insert: (text, { below, text: drawn }) => spliced(text, below(text.length + 1), 0, drawn(1, anything)),
  remove: (text, { below }) => spliced(text, below(text.length + 1), 1, ''),
  repeat: (text, { below }) => {
    const at = below(text.length + 1);
    return spliced(text, at, 0, text.slice(at, at + 3));
  },
  swap: (text, { below }) => {
    const at = below(text.length + 1);
    return spliced(text, at, 2, [...text.slice(at, at + 2)].reverse().join(''));
  },
  case: (text, { below }) => {
    const at = below(text.length + 1);
    const letter = text.charAt(at);
    return spliced(text, at, 1, letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase());
  },
  cut: (text, { below }) => text.slice(0, below(text.length + 1)),
  space: (text, { one }) => one([` ${text}`, `${text} `, `${text}\n`, `\uFEFF${text}`]),
};

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Other ways to write what a signature stands for, or what a lenient reader of base64 would take for it. */
const signatureMutations: Readonly<Record<string, (text: string, draw: Draw) => string>> = {
  sameBytes: (text, { below }) => {
    const last = base64.indexOf(text.charAt(42));
    const sharing = base64.slice(last - (last % 4), last - (last % 4) + 4);
    return spliced(text, 42, 1, sharing.charAt(below(4)));
  },
  unpadded: (text) => text.replace(/=+$/, ''),
  padded: (text) => `${text}=`,
  urlSafe: (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  hex: (text) => Buffer.from(text, 'base64').toString('hex'),
  bytes: (text) => Buffer.from(text, 'base64').toString('latin1'),
  twice: (text) => `${text},${text}`,
  broken: (text) => `${text.slice(0, 20)}\r\n${text.slice(20)}`,
};

/** Other ways to write a time. */
const timestampMutations: Readonly<Record<string, (text: string, draw: Draw) => string>> = {
  zero: (text) => `0${text}`,
  sign: (text, { one }) => one([`+${text}`, `-${text}`]),
  fraction: (text, { one }) => one([`${text}.0`, `${text}.`, `${text}e0`]),
  hex: (text) => `0x${Number(text).toString(16)}`,
  later: (text, { below }) => String(Number(text) + 1 + below(200_000)),
  earlier: (text, { below }) => String(Number(text) - 1 - below(200_000)),
  seconds: (text) => text.slice(0, -3),
  otherDigits: (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit))),
};

const particular: Partial<Record<keyof Signed, typeof textMutations>> = {
  signature: signatureMutations,
  timestamp: timestampMutations,
};

/** A request with something changed, and what. */
export interface Mutant {
  readonly request: Signed;
  readonly change: string;
}

/** Changes one text of a request a little. */
export function mutantOf(original: Signed, draw: Draw): Mutant {
  const field = draw.one(['method', 'url', 'body', 'timestamp', 'signature'] as const);
  const own = particular[field];
  const mutations = own !== undefined && draw.below(2) === 0 ? own : textMutations;
  const name = draw.one(Object.keys(mutations));
  const changed = mutations[name]?.(original[field], draw) ?? '';
  return { request: { ...original, [field]: changed }, change: `${field}.${name}` };
}

const messageOf = ({ method, url, body, timestamp }: Signed, written: (url: string) => string): string =>
  method + written(url) + body + timestamp;

/** Whether a mutant still says, letter by letter, what was signed, by the same signature: then it is the same request. */
export const saysTheSame = (mutant: Signed, original: Signed): boolean => {
  const was = messageOf(original, (url) => url);
  const says = [messageOf(mutant, (url) => url), messageOf(mutant, decoded)];
  return mutant.signature === original.signature && says.includes(was);
};

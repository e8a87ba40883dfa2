import { createHash } from 'node:crypto';

/** A number in [0, 1) that follows from its causes alone: the same causes give the same number on every machine. */
export function unitFrom(...causes: readonly (string | number)[]): number {
  return createHash('sha1').update(causes.join('\n')).digest().readUInt32BE(0) / 2 ** 32;
}

/** What a call is, wherever it stands among others: its content, and how often the same was asked before. */
export interface CallIdentity {
  /** Orders calls of one moment. */
  readonly key: string;
  /** A number in [0, 1) for one purpose. */
  unit(seed: number, purpose: string): number;
}

/** Tells calls apart by content and occurrence, never by their order among other calls. */
export function callIdentities(): (call: { method: string; target: string; bodyText: string }) => CallIdentity {
  const seen = new Map<string, number>();
  return ({ method, target, bodyText }) => {
    const content = createHash('sha1').update(`${method} ${target}\n${bodyText}`).digest('base64');
    const before = seen.get(content) ?? 0;
    seen.set(content, before + 1);
    return {
      key: `${content}${String(before).padStart(12, '0')}`,
      unit: (seed, purpose) => unitFrom(seed, purpose, content, before),
    };
  };
}

const wordBreak = /[^\p{L}\p{N}]+/u;

/** Matches a text that has the token as one of its words, or as a whole; `*` stands for anything (docs: CRM search). */
export function tokenMatcher(token: string): (text: string) => boolean {
  const pattern = token
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^${pattern}$`, 'su');
  return (text) => {
    const lower = text.toLowerCase();
    return whole.test(lower) || lower.split(wordBreak).some((word) => whole.test(word));
  };
}

/** Matches texts of which some word starts with each word of the query. */
export function queryMatcher(query: string): (texts: readonly string[]) => boolean {
  const wanted = query.toLowerCase().split(wordBreak).filter(Boolean);
  return (texts) => {
    const words = texts.flatMap((text) => text.toLowerCase().split(wordBreak));
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
}

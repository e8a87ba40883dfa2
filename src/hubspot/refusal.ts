/** One reason of HubSpot's, without any value: `PROPERTY_DOESNT_EXIST` of `cx_health_score`. */
export interface RefusalReason {
  readonly code: string;
  readonly property: string | null;
}

/** What an error answer says, reduced to what holds no personal data. Every field of HubSpot's is optional. */
export class Refusal {
  readonly status: number;
  readonly category: string;
  readonly correlationId: string | null;
  readonly reasons: readonly RefusalReason[];
  /** Scopes the token lacks. */
  readonly scopes: readonly string[];
  /** Record ids the answer names. */
  readonly ids: readonly string[];
  /** HubSpot's sentence with quoted texts, addresses and long numbers taken out. */
  readonly text: string;

  constructor(facts: Refusal) {
    this.status = facts.status;
    this.category = facts.category;
    this.correlationId = facts.correlationId;
    this.reasons = facts.reasons;
    this.scopes = facts.scopes;
    this.ids = facts.ids;
    this.text = facts.text;
  }
}

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined && item !== null).map(String);

const redactions: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>]+@[^\s"'<>]+/g, '<address>'],
  [/"[^"]*"/g, '"…"'],
  [/\[.*\]?/gs, '[…]'],
  [/\+?\d[\d\s().-]{5,}\d/g, '<number>'],
];

const redacted = (message: string): string =>
  redactions.reduce((text, [pattern, by]) => text.replace(pattern, by), message).slice(0, 200);

/**
 * The validation errors that HubSpot embeds as JSON in its message:
 * `Property values were not valid: [{"isValid":false,"message":…,"error":"PROPERTY_DOESNT_EXIST","name":"x",…}]`.
 * Where the JSON is cut short, codes and names are read from its text.
 */
export function embeddedReasons(message: string): RefusalReason[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  const json = message.slice(start, message.lastIndexOf(']') + 1);
  try {
    return listOf(JSON.parse(json)).flatMap((item) => {
      const { error, name } = objectOf(item);
      const code = textOf(error);
      return code ? [{ code, property: textOf(name) }] : [];
    });
  } catch {
    const names = [...message.matchAll(/"name":"([^"\\]+)"/g)].map((match) => match[1] ?? null);
    return [...message.matchAll(/"error":"([A-Z_]+)"/g)].map((match, index) => ({
      code: match[1] ?? 'UNKNOWN',
      property: names[index] ?? null,
    }));
  }
}

const listedReasons = (errors: readonly unknown[]): RefusalReason[] =>
  errors.flatMap((item) => {
    const error = objectOf(item);
    const code = textOf(error.code) ?? textOf(error.subCategory);
    const [named] = textsOf(objectOf(error.context).propertyName);
    return [...embeddedReasons(textOf(error.message) ?? ''), ...(code ? [{ code, property: named ?? null }] : [])];
  });

const distinct = (reasons: readonly RefusalReason[]): RefusalReason[] => [
  ...new Map(reasons.map((reason) => [`${reason.code} ${reason.property}`, reason])).values(),
];

const namingIds = ['objectWriteTraceId', 'ids', 'id', 'fromObjectId'];

/** Reads an error answer, or one entry of the `errors` of a 207. */
export function refusalFrom(status: number, body: unknown, correlationId: string | null = null): Refusal {
  const envelope = objectOf(body);
  const message = textOf(envelope.message) ?? '';
  const errors = listOf(envelope.errors);
  const context = objectOf(envelope.context);
  const scopes = [context, ...errors.map((error) => objectOf(objectOf(error).context))];
  return new Refusal({
    status,
    category: textOf(envelope.category) ?? textOf(envelope.errorType) ?? 'UNKNOWN',
    correlationId: textOf(envelope.correlationId) ?? correlationId,
    reasons: distinct([...embeddedReasons(message), ...listedReasons(errors)]),
    scopes: [...new Set(scopes.flatMap((item) => textsOf(item.requiredGranularScopes ?? item.requiredScopes)))],
    ids: [...new Set(namingIds.flatMap((name) => textsOf(context[name])))],
    text: redacted(message),
  });
}

import { createHash } from 'node:crypto';
import { ConnectorError } from '#platform/errors.ts';
import type { Instant } from '../../domain/records/record.ts';
import type { Change, ChangesRead, DeadLetter } from '../ports.ts';

/** A letter whose change is known: it can be applied again. */
export type LetterOfChange = DeadLetter & { readonly content: { readonly change: Change } };

/** A change that could not be applied. Errors that are not ours may quote what they met: only their kind is kept. */
export function deadLetter(change: Change, error: unknown, at: Instant): LetterOfChange {
  const { kind, id, fingerprint } = change;
  return { kind, id, fingerprint, at, ...reasonOf(error), content: { change } };
}

/** The class of an error, and what it says if it is one of ours. */
export function reasonOf(error: unknown): Pick<DeadLetter, 'error' | 'because'> {
  const isOurs = error instanceof ConnectorError;
  return {
    error: error instanceof Error ? error.name : typeof error,
    because: isOurs ? `${error.message} ${error.remedy}` : 'A fault of the connector: see its log at that time.',
  };
}

/** Characters, of at most four bytes each: an item of DynamoDB holds 400 KB. HubSpot's own bodies are much shorter. */
const longestRaw = 80_000;

/** What is no change, as it came. */
export function unreadable({ raw, because }: ChangesRead['malformed'][number], at: Instant): DeadLetter {
  const fingerprint = createHash('sha256').update(raw).digest('base64url').slice(0, 22);
  const isWhole = raw.length <= longestRaw;
  const reason = isWhole ? because : `${because}; of its ${raw.length} characters the first ${longestRaw} are kept`;
  const content = { raw: raw.slice(0, longestRaw) };
  return { kind: null, id: null, fingerprint, at, error: 'PayloadError', because: reason, content };
}

/** Whether HubSpot or DynamoDB cannot now, and all else would fail too. */
export const isBusy = (error: unknown): boolean => error instanceof ConnectorError && error.retryable;

/**
 * Whether what failed may succeed later: where HubSpot or DynamoDB cannot now, and where HubSpot does not take the token,
 * which somebody may just be replacing. Errors that are not ours may be faults of the moment too.
 */
export const isRetryable = (error: unknown): boolean =>
  !(error instanceof ConnectorError) || error.retryable || ('status' in error && error.status === 401);

import * as z from 'zod';
import { PayloadError } from '#platform/errors.ts';
import { UnreadableAnswer } from './unreadable.ts';

/** A cursor or an id: HubSpot documents texts and also sends numbers. */
export const idText = z.union([z.string(), z.number().transform(String)]);

const paging = z.object({ next: z.object({ after: idText }).nullish() }).nullish();

/** Where to go on; undefined at the end. */
const nextIn = (given: z.infer<typeof paging>): string | undefined => given?.next?.after;

const associated = z.object({
  toObjectId: idText,
  associationTypes: z.array(z.object({ typeId: z.number() })).nullish(),
});

/** Rows of a search, a list or a batch read. A row is read on its own, so that a bad one spoils no other. */
export const rowsAnswer = z
  .object({
    results: z.array(z.unknown()),
    total: z.number().nullish(),
    paging,
    errors: z.array(z.unknown()).nullish(),
  })
  .transform((answer) => ({ ...answer, next: nextIn(answer.paging), errors: answer.errors ?? [] }));

/** Links of many records, each with its own paging. */
export const linksAnswer = z
  .object({
    results: z.array(
      z
        .object({ from: z.object({ id: idText }), to: z.array(associated).nullish(), paging })
        .transform(({ from, to, paging: pages }) => ({ id: from.id, to: to ?? [], next: nextIn(pages) })),
    ),
    errors: z.array(z.unknown()).nullish(),
  })
  .transform(({ results, errors }) => ({ results, errors: errors ?? [] }));

/** A row with the history of its stage, newest first. */
export const stageHistoryRow = z.object({
  id: idText,
  propertiesWithHistory: z.object({
    hs_pipeline_stage: z.array(z.object({ value: z.string().nullish(), timestamp: z.string() })),
  }),
});

/** The pipelines of an object type with their stages' settings. */
export const pipelinesAnswer = z.object({
  results: z.array(
    z.object({
      id: idText,
      stages: z.array(
        z.object({ id: idText, metadata: z.record(z.string(), z.string().nullish().catch(undefined)).nullish() }),
      ),
    }),
  ),
});

/** The error of an answer of another shape; `where` quotes no value. */
export const unreadableAnswer = (of: string, where: string): PayloadError =>
  new PayloadError(
    `HubSpot's answer about ${of} is not what its documentation says (${where}).`,
    'Report it with this message; the answer is read in src/hubspot.',
    { cause: new UnreadableAnswer(where) },
  );

/**
 * An answer of the shape documented. The generated client would bend another shape instead of refusing it: of a text where
 * properties belong it makes one property for each letter.
 */
export function documented<T>(schema: z.ZodType<T>, value: unknown, of: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadableAnswer(of, issue?.path.length ? `at ${issue.path.join('.')}` : 'as a whole');
}

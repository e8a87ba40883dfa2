import * as z from 'zod';

const count = z.int().min(0);

const stale = z.strictObject({ since: z.iso.datetime(), because: z.string().min(1) });

const metric = z.strictObject({
  value: z.number().nullable(),
  n: count,
  interval: z.tuple([z.number(), z.number()]).optional(),
  because: z.string().min(1).optional(),
  unit: z.string().min(1),
  stale: stale.optional(),
});

const scores = z.strictObject({
  scored: count,
  insufficientData: count,
  churnRisk: z.strictObject({ high: count, medium: count, low: count }),
  upsellCandidates: count,
  stale: stale.optional(),
});

const share = z.number().min(0).max(1);

/** What `cx reconcile --json` prints. */
export const driftSchema = z.strictObject({
  at: z.iso.datetime(),
  mode: z.enum(['sample', 'full']),
  kinds: z.record(
    z.string(),
    z.strictObject({
      kept: count,
      counted: count,
      checked: count,
      missing: count,
      extra: count,
      different: count,
      repaired: count,
      share: share.nullable(),
      interval: z.tuple([share, share]).nullable(),
    }),
  ),
  skipped: z.record(z.string(), z.string()),
  calls: count,
});

/** The document of `cx run --json`: these keys, and no others. */
export const reportSchema = z.strictObject({
  portal: z.string(),
  asOf: z.iso.datetime(),
  window: z.string(),
  records: z.strictObject({
    contacts: count,
    companies: count,
    deals: count,
    tickets: count,
    feedback_submissions: count,
    calls: count,
    subscriptions: count,
  }),
  metrics: z.record(z.string(), metric),
  scores: z.strictObject({ contacts: scores, companies: scores }),
  writeBack: z.strictObject({
    planned: count,
    written: count,
    kept: count,
    refused: count,
    calls: count,
    latency: z.strictObject({ n: count, p50Ms: count, p95Ms: count, p99Ms: count }).optional(),
  }),
  sync: z.strictObject({
    stale: z.record(z.string(), stale),
    quarantined: count,
    drift: driftSchema.nullable(),
    deadLetters: count.optional(),
  }),
  apiCalls: z.strictObject({ total: count, byKind: z.record(z.string(), count) }),
  durationMs: count,
});

export type PrintedReport = z.infer<typeof reportSchema>;

/** Reads what `--json` printed: one document, and nothing before or after it. */
export const printedReport = (stdout: string): PrintedReport => reportSchema.parse(JSON.parse(stdout));

/** What one run of the connector came to: the JSON document of `cx run --json`, and what the first page shows. */
export interface RunReport {
  readonly portal: string;
  /** ISO 8601 UTC. */
  readonly asOf: string;
  /** As asked for: `90d`, `all`, `2026-Q3` … */
  readonly window: string;
  /** How many records the store holds, by HubSpot's object name. */
  readonly records: Readonly<Record<string, number>>;
  /** By metric id; one of several figures as `<id>.<figure>`. */
  readonly metrics: Readonly<Record<string, ReportedMetric>>;
  readonly scores: { readonly contacts: ReportedScores; readonly companies: ReportedScores };
  readonly writeBack: ReportedWrites;
  readonly sync: ReportedSync;
  /** HTTP calls to HubSpot, by kind. */
  readonly apiCalls: { readonly total: number; readonly byKind: Readonly<Record<string, number>> };
  readonly durationMs: number;
}

/** One figure: shares 0–1, NPS −100…100, times in hours, money in home currency. Value null means not measured, and `because` says why. */
export interface ReportedMetric {
  readonly value: number | null;
  readonly n: number;
  readonly numerator?: number;
  readonly interval?: readonly [number, number];
  readonly maturing?: number;
  readonly leftOut?: number;
  readonly because?: string;
  readonly unit: string;
  /** Set where it rests on records that HubSpot no longer gives. */
  readonly stale?: Staleness;
}

/** Since when (ISO 8601 UTC) records are no longer given, and why; what rests on them is as it was then. */
export interface Staleness {
  readonly since: string;
  readonly because: string;
}

export interface ReportedScores {
  /** Records with a health score. */
  readonly scored: number;
  readonly insufficientData: number;
  readonly churnRisk: { readonly high: number; readonly medium: number; readonly low: number };
  readonly upsellCandidates: number;
  /** Set where scores rest on records that HubSpot no longer gives. */
  readonly stale?: Staleness;
}

/** How far the store holds what HubSpot holds. Kinds of records go by HubSpot's object name. */
export interface ReportedSync {
  /** Kinds that were pulled before and that HubSpot no longer gives: the last values stay in use. */
  readonly stale: Readonly<Record<string, Staleness>>;
  /** Records that could not be read; `cx quarantine` says which and why. */
  readonly quarantined: number;
  /** What the last reconciliation found; null before the first. */
  readonly drift: ReportedDrift | null;
  /** Changes that could not be applied; `cx redrive` lists them. Left out where there are none. */
  readonly deadLetters?: number;
}

/** What comparing the store with HubSpot's own table found, and repaired. */
export interface ReportedDrift {
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
  readonly mode: 'sample' | 'full';
  readonly kinds: Readonly<Record<string, ReportedKindDrift>>;
  /** Kinds that were not compared, and why. */
  readonly skipped: Readonly<Record<string, string>>;
  /** HTTP calls it took. */
  readonly calls: number;
}

export interface ReportedKindDrift {
  /** Records kept when it began, and as many as HubSpot counted. */
  readonly kept: number;
  readonly counted: number;
  readonly checked: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  readonly repaired: number;
  /** Share (0–1) of the kept records that were extra or different; null where none was compared. */
  readonly share: number | null;
  /** Its 95 % interval (Wilson); null where all were compared. */
  readonly interval: readonly [number, number] | null;
}

export interface ReportedWrites {
  /** Records that differed from what we want. */
  readonly planned: number;
  readonly written: number;
  /** Records left alone: they hold what we want, or there is nothing to say yet. */
  readonly kept: number;
  readonly refused: number;
  /** HTTP calls the writes took. */
  readonly calls: number;
  /** How long it took from changes in HubSpot to the scores they moved. Left out before the first webhook. */
  readonly latency?: ReportedLatency;
}

/** Milliseconds from what happened in HubSpot to the score on the record: of the last 1,000 writes that webhooks caused. */
export interface ReportedLatency {
  readonly n: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** A customer as a list shows it. */
export interface CustomerRow {
  readonly kind: 'contact' | 'company';
  readonly id: string;
  readonly name: string;
  readonly score: number | null;
  readonly band: string;
  /** In words, the weightiest first. */
  readonly reasons: readonly string[];
}

/** What the first page shows beside the report. */
export interface RunOverview {
  readonly report: RunReport;
  readonly atRisk: readonly CustomerRow[];
  readonly upsell: readonly CustomerRow[];
  /** Records whose write was refused, with cause and remedy. */
  readonly refused: readonly { readonly record: string; readonly because: string; readonly remedy: string }[];
  /** Kinds of records HubSpot never gave us, and why. */
  readonly unavailable: readonly string[];
}

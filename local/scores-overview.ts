import { renderLines } from '#contract/messages/index.ts';
import type { CustomerRow, ReportedScores } from '#contract/report.ts';
import type { Line } from '#domain/scores/outputs.ts';
import type { Connector } from '#pipeline/connector.ts';
import { portalZone } from '#pipeline/connector.ts';
import type { Wording } from '#pipeline/output-values.ts';
import type { CustomerKind, FiledCustomer, Store, StoredScore } from '#pipeline/ports.ts';
import { saysNothing, scoringOrder } from '#pipeline/score-one.ts';

const longest = 10;

interface Candidate {
  readonly row: CustomerRow;
  readonly rank: number;
}

/**
 * What the scores of a portal come to: counts, the customers most at risk, and the best upsell candidates. About `silent` of
 * the `customers` there is nothing to write.
 */
export async function scoresOverview({ store, config }: Connector, scored: AsyncIterable<FiledCustomer>) {
  const counts = { contact: emptyCounts(), company: emptyCounts() };
  const risky: Candidate[] = [];
  const growing: Candidate[] = [];
  const wording = { language: config.language, timeZone: (await portalZone(store)).name };
  let customers = 0;
  let silent = 0;
  for await (const filed of scored) {
    if (!filed.self) continue;
    customers++;
    if (!filed.score) continue;
    count(counts[filed.key.kind], filed.score);
    if (saysNothing(filed.score.score)) silent++;
    // People of a company are shown as the company: it is the one that stays, leaves or buys.
    if (filed.key.kind === 'contact' && (filed.self.links.company ?? []).length > 0) continue;
    risky.push(...atRisk(filed, filed.score, wording));
    growing.push(...candidate(filed, filed.score, wording));
  }
  return {
    customers,
    silent,
    scores: { contacts: counts.contact as ReportedScores, companies: counts.company as ReportedScores },
    atRisk: best(risky),
    upsell: best(growing),
  };
}

/** Everybody with the score that is stored. */
export async function* storedScores(store: Store): AsyncGenerator<FiledCustomer> {
  for (const kind of scoringOrder) yield* store.customers(kind);
}

const emptyCounts = () => ({
  scored: 0,
  insufficientData: 0,
  churnRisk: { high: 0, medium: 0, low: 0 },
  upsellCandidates: 0,
});

function count(counts: ReturnType<typeof emptyCounts>, { score }: StoredScore): void {
  if (score.health.breakdown) counts.scored++;
  else counts.insufficientData++;
  const { churnRiskBand, upsellCandidate } = score.outputs;
  if (churnRiskBand !== 'insufficient_data') counts.churnRisk[churnRiskBand]++;
  if (upsellCandidate) counts.upsellCandidates++;
}

const best = (candidates: readonly Candidate[]): CustomerRow[] =>
  [...candidates]
    .sort((a, b) => b.rank - a.rank || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, longest)
    .map(({ row }) => row);

function atRisk(filed: FiledCustomer, { score }: StoredScore, wording: Wording): Candidate[] {
  const { churn } = score;
  if (!churn.breakdown || churn.band === 'low') return [];
  return [
    {
      row: row(filed, churn.breakdown.score, churn.band, score.outputs.churnReasons, wording),
      rank: churn.breakdown.score,
    },
  ];
}

function candidate(filed: FiledCustomer, { score }: StoredScore, wording: Wording): Candidate[] {
  const { upsell, outputs } = score;
  if (!upsell.candidate || !upsell.breakdown) return [];
  const told = new Set(outputs.upsellReason.map(({ code }) => code));
  const others: Line[] = upsell.breakdown.lines.filter(({ code }) => !told.has(code));
  return [
    {
      row: row(filed, upsell.breakdown.score, upsell.band, [...outputs.upsellReason, ...others], wording),
      rank: upsell.breakdown.score,
    },
  ];
}

const row = (
  { key, self }: FiledCustomer,
  score: number,
  band: string,
  lines: readonly Line[],
  wording: Wording,
): CustomerRow => ({
  kind: key.kind as CustomerKind,
  id: key.id,
  name: self?.fields.name ?? '',
  score,
  band,
  reasons: lines.map((line) => renderLines(wording.language, [line], wording.timeZone)),
});

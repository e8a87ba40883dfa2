import { experiencesOf } from './findings.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import type { Finding, MinimumSample, Missing, Part, WeightedModel } from './part.ts';
import { type Contribution, type Reason, reason } from './reason.ts';
import { subScore } from './scale.ts';

/** A part with what was found, its 0–100, its share of the score (0–1) and its exact points. */
export interface WeighedPart {
  readonly part: Part;
  readonly finding: Finding | null;
  readonly missing: Missing | null;
  readonly subScore: number | null;
  readonly share: number;
  readonly points: number;
}

/** The arithmetic of a weighted score before rounding. */
export interface Weighed {
  readonly parts: readonly WeighedPart[];
  readonly contributions: readonly Contribution[];
  /** Covered weight ÷ weight of the inputs in use in the portal, 0–1. */
  readonly coverage: number;
  /** Why there must be no score; null when there is enough. */
  readonly because: Reason | null;
}

const add = (sums: Map<string, number>, key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

/** Coverage by weight, and the inputs that the portal has and this customer lacks. */
export function coverageOf(
  weights: Readonly<Record<string, number>>,
  inPortal: ReadonlySet<string>,
  there: ReadonlySet<string>,
): { readonly coverage: number; readonly missing: readonly string[] } {
  let possible = 0;
  let covered = 0;
  const missing: string[] = [];
  for (const [input, weight] of Object.entries(weights)) {
    if (!inPortal.has(input)) continue;
    possible += weight;
    if (there.has(input)) covered += weight;
    else missing.push(input);
  }
  return { coverage: possible === 0 ? 0 : covered / possible, missing };
}

/** Why what is there is too small a sample, however much of the weight it covers; null where it is not. */
function restsOnTooLittle(
  minimum: MinimumSample | undefined,
  there: ReadonlyMap<string, unknown>,
  seen: Observation,
): Reason | null {
  if (!minimum || minimum.of.filter((input) => there.has(input)).length >= minimum.inputs) return null;
  const n = experiencesOf(seen);
  return n >= minimum.experiences ? null : reason('tooFewExperiences', { n, needed: minimum.experiences });
}

/**
 * Weighs what is there: missing parts drop out and the others of their input take their weight; missing inputs drop out and
 * the others take theirs. Each part contributes share × (sub-score − base), so that base + contributions = weighted mean.
 */
export function weigh(model: WeightedModel, seen: Observation, norms: Norms): Weighed {
  const inPortal = new Set<string>();
  const there = new Map<string, number>();
  const found = model.parts.map((part) => {
    if (!part.needs.some((need) => norms.has[need])) return 'not_in_portal';
    inPortal.add(part.input);
    const finding = part.find(seen, norms);
    if (typeof finding !== 'string') add(there, part.input, part.weight);
    return finding;
  });
  const { coverage, missing } = coverageOf(model.inputs, inPortal, new Set(there.keys()));
  const total = [...there.keys()].reduce((sum, input) => sum + (model.inputs[input] ?? 0), 0);
  const parts = model.parts.map((part, index): WeighedPart => {
    const finding = found[index] ?? 'no_data';
    if (typeof finding === 'string')
      return { part, finding: null, missing: finding, subScore: null, share: 0, points: 0 };
    const ofInput = part.weight / (there.get(part.input) ?? part.weight);
    const share = ((model.inputs[part.input] ?? 0) / total) * ofInput;
    const sub = subScore(part.scale, finding.value);
    return { part, finding, missing: null, subScore: sub, share, points: share * (sub - model.base) };
  });
  const contributions = parts.flatMap(({ finding, points }) => (finding ? [{ ...finding.reason, points }] : []));
  const enough = coverage >= model.neededCoverage && total > 0;
  const because = enough
    ? restsOnTooLittle(model.minimum, there, seen)
    : reason('tooLittleData', { coverage, needed: model.neededCoverage, missing });
  return { parts, contributions, coverage, because };
}

import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import type { PortalInput } from './portal-inputs.ts';
import type { Reason } from './reason.ts';
import type { SubScale } from './scale.ts';

/** Why a part of a score is missing: nobody in the portal has it, this customer has none, or too few cases. */
export type Missing = 'not_in_portal' | 'no_data' | 'too_few';

/** A number found about a customer and how it is put. */
export interface Finding {
  readonly value: number;
  readonly reason: Reason;
}

/** One number that a weighted score looks at. */
export interface Part<Input extends string = string> {
  /** Also a reason code, as a rule. */
  readonly id: string;
  /** The input whose weight it shares. */
  readonly input: Input;
  /** The portal must have any of these at all. */
  readonly needs: readonly PortalInput[];
  /** Share of its input's weight, relative to the other parts of that input that are there. */
  readonly weight: number;
  readonly scale: SubScale;
  find(seen: Observation, norms: Norms): Finding | Exclude<Missing, 'not_in_portal'>;
}

/** What a score must rest on: enough of these inputs, or enough experiences of the last 90 days. */
export interface MinimumSample<Input extends string = string> {
  readonly inputs: number;
  readonly of: readonly Input[];
  /** Answers and tickets. */
  readonly experiences: number;
}

/** A score that is a weighted mean of parts: high is good. */
export interface WeightedModel<Input extends string = string> {
  /** Model id and version, stored with every score; a changed table is a new version. */
  readonly version: string;
  /** Points when nothing speaks for or against. */
  readonly base: number;
  /** Weights of the inputs; they need not add up to 100. */
  readonly inputs: Readonly<Record<Input, number>>;
  /** Share of the weight of the inputs in use in the portal that must be there, 0–1. */
  readonly neededCoverage: number;
  /** None where coverage alone decides. */
  readonly minimum?: MinimumSample<Input>;
  readonly parts: readonly Part<Input>[];
}

/** What went into a score, for its fingerprint: the numbers found, in the order of the model's table, without their names. */
export const inputsOf = (findings: readonly (Finding | string | null)[]): readonly unknown[] =>
  findings.map((found) =>
    found === null || typeof found === 'string' ? found : [found.value, ...Object.values(found.reason.values)],
  );

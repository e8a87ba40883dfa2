import { breakDown } from './breakdown.ts';
import { fingerprintOf } from './fingerprint.ts';
import { healthModel } from './health-weights.ts';
import type { Unbanded } from './model-score.ts';
import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import { inputsOf } from './part.ts';
import { weigh } from './weigh.ts';

/**
 * Health, 0–100: high is good. Each line says how far its measurement moves the score away from the neutral 50; 50, the lines
 * and everything else sum exactly to the stored score.
 */
export function scoreHealth(seen: Observation, norms: Norms): Unbanded {
  const { parts, contributions, coverage, because } = weigh(healthModel, seen, norms);
  return {
    version: healthModel.version,
    breakdown: because ? null : breakDown(healthModel.base, contributions),
    because,
    coverage,
    fingerprint: fingerprintOf([
      healthModel.version,
      inputsOf(parts.map(({ finding, missing }) => finding ?? missing)),
    ]),
    computedAt: seen.asOf,
  };
}

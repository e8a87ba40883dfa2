import { applyChangesEnvironment } from './apply-changes.ts';
import { computeMetricsEnvironment } from './compute-metrics.ts';
import { pullChangesEnvironment } from './pull-changes.ts';
import type { Variables } from './read-environment.ts';
import { receiveWebhookEnvironment } from './receive-webhook.ts';
import { reconcileEnvironment } from './reconcile.ts';
import { scoreRecordsEnvironment } from './score-records.ts';
import { writeBackEnvironment } from './write-back.ts';

/** Every deployed function with its environment, by the name of its folder in lambdas/. */
export const functionEnvironments = {
  'receive-webhook': receiveWebhookEnvironment,
  'apply-changes': applyChangesEnvironment,
  'pull-changes': pullChangesEnvironment,
  reconcile: reconcileEnvironment,
  'compute-metrics': computeMetricsEnvironment,
  'score-records': scoreRecordsEnvironment,
  'write-back': writeBackEnvironment,
};

/** The name of a deployed function. */
export type FunctionName = keyof typeof functionEnvironments;

/** The variables the stack has to give a function: forgetting one does not compile. */
export type VariablesOf<Name extends FunctionName> = Variables<(typeof functionEnvironments)[Name]>;

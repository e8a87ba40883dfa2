import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

/** When a step runs and with what event. */
export interface StepScheduleProps {
  readonly function: IFunction;
  /** The minute within each five at which the step starts: a step follows the one it builds on. */
  readonly minute: 0 | 1 | 2 | 3 | 4;
  readonly event?: Readonly<Record<string, unknown>>;
}

/** Runs a step every five minutes. A run that cannot start is not repeated: the next one does its work. */
export class StepSchedule extends Construct {
  constructor(scope: Construct, id: string, { function: target, minute, event = {} }: StepScheduleProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.cron({ minute: `${minute}/5` }),
      target: new LambdaInvoke(target, {
        input: ScheduleTargetInput.fromObject(event),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }
}

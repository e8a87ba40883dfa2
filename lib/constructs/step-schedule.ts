import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type CronOptionsWithTimezone,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

/** When a step runs and with what event. */
export interface StepScheduleProps {
  readonly function: IFunction;
  readonly at: CronOptionsWithTimezone;
  readonly event?: Readonly<Record<string, unknown>>;
}

/** The minute within each five at which a step starts: it follows the one it builds on. */
export const everyFiveMinutes = (minute: 0 | 1 | 2 | 3): CronOptionsWithTimezone => ({ minute: `${minute}/5` });

/** At 02:34 UTC: in the minute of every five in which no other step starts. */
export const everyNight: CronOptionsWithTimezone = { hour: '2', minute: '34' };

/** Runs a step again and again. A run that cannot start is not repeated: the next one does its work. */
export class StepSchedule extends Construct {
  constructor(scope: Construct, id: string, { function: target, at, event = {} }: StepScheduleProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.cron(at),
      target: new LambdaInvoke(target, {
        input: ScheduleTargetInput.fromObject(event),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }
}

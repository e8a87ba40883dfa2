import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { StoreBusyError, StoreConflictError } from '#platform/errors.ts';

/** What must hold of an item for a write to be made. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export const conditionInput = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  };

/** Another writer was first: the condition did not hold. @throws StoreConflictError */
export const orConflict = (error: unknown): never => {
  if (error instanceof ConditionalCheckFailedException)
    throw new StoreConflictError(
      'Another process wrote this item first.',
      'Nothing to do: it is read again and retried.',
      {
        cause: error,
      },
    );
  throw error;
};

/** Whether a conditional write was made: false where its condition did not hold. */
export const wasMade = (write: Promise<void>): Promise<boolean> =>
  write.then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof StoreConflictError)) throw error;
      return false;
    },
  );

const throttled: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
]);

/** Nobody answered, or DynamoDB itself failed or has no room: the SDK tried already, later it may go well. */
const isPassing = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { $metadata: answer } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = answer?.httpStatusCode;
  if (throttled.has(error.name) || (status !== undefined && status >= 500)) return true;
  return 'code' in error && /^E[A-Z]+$/.test(String(error.code));
};

/** What is only busy is told apart from what is wrong. @throws StoreBusyError */
export const orStoreBusy = (error: unknown): never => {
  if (!isPassing(error)) throw error;
  const remedy = 'Nothing to do: it is tried again later. If it stays so, look at the table in CloudWatch.';
  throw new StoreBusyError('DynamoDB does not answer, or has no room now.', remedy, { cause: error });
};

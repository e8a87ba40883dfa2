import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { StoreConflictError } from '#platform/errors.ts';

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

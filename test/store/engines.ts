import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { dynoxidePackage, findDynoxide, startDynoxide } from '#local/dynoxide.ts';

/** A DynamoDB to run the suite against; `start` is null where it is not installed, and `name` says so. */
export interface Engine {
  readonly name: string;
  readonly start: (() => Promise<EmbeddedDynamoDb>) | null;
}

function dynoxide(): Engine {
  const binary = findDynoxide();
  return binary
    ? { name: 'dynoxide', start: () => startDynoxide(binary) }
    : { name: `dynoxide: left out, ${dynoxidePackage} is not installed`, start: null };
}

/** The portable one that the product runs on locally, and a stricter one where npm has it. */
export const engines: readonly Engine[] = [{ name: 'dynalite', start: () => startDynamoDb() }, dynoxide()];

import type * as z from 'zod';
import { ConfigurationError } from '../errors.ts';

/** The variables a function is deployed with: each must be given, also those with a default. */
export type Variables<Schema extends z.ZodObject> = { readonly [Name in keyof z.output<Schema>]-?: string };

/**
 * A function's own environment, read once at its cold start. Values are never repeated in the error: they may be secrets.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> {
  const checked = schema.safeParse(variables);
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return variables[name] === undefined ? `${name} is missing` : `${name}: ${message}`;
  });
  throw new ConfigurationError(
    `The environment is not complete: ${wrong.join('; ')}.`,
    'Set the named variables; a stack deployed with `cdk deploy` sets all of them.',
  );
}

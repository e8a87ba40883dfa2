import { invalid, type Refusal } from '../../http/refusals.ts';
import type { PortalState } from '../../state/portal-state.ts';

/** What is wrong with one value of a write, as HubSpot embeds it in the message of a refusal. */
export interface PropertyProblem {
  readonly isValid: false;
  readonly message: string;
  readonly error:
    | 'PROPERTY_DOESNT_EXIST'
    | 'READ_ONLY_VALUE'
    | 'INVALID_OPTION'
    | 'INVALID_INTEGER'
    | 'INVALID_DATE'
    | 'INVALID_EMAIL'
    | 'INVALID_LENGTH';
  readonly name: string;
  readonly localizedErrorMessage: string;
  readonly portalId: number;
}

/** A problem in HubSpot's words. */
export function problem(
  portal: PortalState,
  name: string,
  error: PropertyProblem['error'],
  message: string,
): PropertyProblem {
  const { portalId } = portal.definition.account;
  return { isValid: false, message, error, name, localizedErrorMessage: message, portalId };
}

/** The message of a refused write: the problems as JSON inside a sentence (observed). */
export function problemsMessage(problems: readonly PropertyProblem[]): string {
  return `Property values were not valid: ${JSON.stringify(problems)}`;
}

/** The 400 that refuses a write for its values. */
export function invalidValues(problems: readonly PropertyProblem[]): Refusal {
  return invalid(problemsMessage(problems));
}

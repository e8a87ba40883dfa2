import { HubSpotRefusedError } from '#platform/errors.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** What a code of HubSpot's means, and what a person does about it. */
interface Meaning {
  readonly because: (property: string) => string;
  readonly remedy: string;
}

const setup = 'Write again with `cx write --go`: it creates what is missing first.';

/** https://developers.hubspot.com/docs/api-reference/error-handling and the answers of batch writes. */
const meanings: Readonly<Record<string, Meaning>> = {
  PROPERTY_DOESNT_EXIST: { because: (property) => `the portal has no property ${property}`, remedy: setup },
  INVALID_OPTION: {
    because: (property) => `${property} does not offer the option`,
    remedy: 'Add the option again under Settings > Properties: high, medium, low and insufficient_data for bands.',
  },
  READ_ONLY_VALUE: {
    because: (property) => `${property} is read-only`,
    remedy:
      'Rename or delete the property in HubSpot under Settings > Properties, then write again with `cx write --go`.',
  },
  MISSING_CONDITIONAL_REQUIRED_PROPERTY: {
    because: (property) => `the portal requires ${property} on this record, and it is empty`,
    remedy: 'Fill the property on the record, or relax the conditional rule under Settings > Properties.',
  },
  MISSING_REQUIRED_PROPERTY: {
    because: (property) => `the portal requires ${property}`,
    remedy: 'Fill the property on the record, or make it optional under Settings > Properties.',
  },
  OBJECT_NOT_FOUND: {
    because: () => 'the record is no longer in HubSpot',
    remedy: 'Nothing to write: it was deleted or merged in HubSpot.',
  },
  CONFLICT: {
    because: () => 'another record has the same unique value',
    remedy: 'Merge the two records in HubSpot, or correct the value of one.',
  },
};

const otherwise: Meaning = {
  because: (property) => `HubSpot does not take the value of ${property}`,
  remedy: 'Look at the property under Settings > Properties: its type, options and validation rules.',
};

const named = (reason: RefusalReason): string => reason.property ?? 'a property';

/** A refusal of one record's values in our words: HubSpot's first code, why, and what to do. */
export function explain(refusal: Refusal): { code: string; because: string; remedy: string } {
  const [first] = refusal.reasons;
  const code = first?.code ?? refusal.category;
  const meaning = meanings[code] ?? otherwise;
  const because =
    refusal.reasons.length > 0
      ? refusal.reasons.map((reason) => (meanings[reason.code] ?? otherwise).because(named(reason))).join('; ')
      : meanings[code]
        ? meaning.because('a property')
        : `HubSpot answered ${refusal.status} ${refusal.category}`;
  return { code, because, remedy: meaning.remedy };
}

const badToken =
  'Set HUBSPOT_ACCESS_TOKEN to a valid token. HubSpot shows it under Settings > Integrations: ' +
  "on the Auth tab of the project's static-auth app, or under Service Keys.";

const scopesRemedy = (refusal: Refusal, path: string): string => {
  const scopes = refusal.scopes.length > 0 ? refusal.scopes.join(', ') : 'the missing scopes';
  const tier = path.includes('feedback_submissions') ? ' Survey answers also need Service Hub Professional.' : '';
  return (
    `Grant ${scopes} in HubSpot under Settings > Integrations: in the scopes of the static-auth app, ` +
    `or of the service key; then use the token it shows.${tier}`
  );
};

const unknownProperties = (refusal: Refusal): string[] =>
  refusal.reasons.flatMap(({ code, property }) => (code === 'PROPERTY_DOESNT_EXIST' && property ? [property] : []));

const wrongMapping = (properties: readonly string[]): string =>
  properties.every((property) => property.startsWith('cx_'))
    ? setup
    : 'Correct the property name in connector.config.ts, or create the property in HubSpot under Settings > Properties.';

interface Told {
  readonly what: string;
  readonly remedy: string;
}

const tell = (refusal: Refusal, path: string): Told => {
  const properties = unknownProperties(refusal);
  if (refusal.status === 401) return { what: 'HubSpot did not accept the access token', remedy: badToken };
  if (refusal.status === 403) {
    const lacking = refusal.scopes.length > 0 ? `; the token lacks ${refusal.scopes.join(', ')}` : '';
    return { what: `HubSpot does not allow this token to call it${lacking}`, remedy: scopesRemedy(refusal, path) };
  }
  if (properties.length > 0)
    return { what: `The portal has no property ${properties.join(', ')}`, remedy: wrongMapping(properties) };
  const codes = refusal.reasons.map(({ code, property }) => (property ? `${code} of ${property}` : code)).join(', ');
  const said = codes || refusal.text;
  return {
    what: `HubSpot refused the request${said ? `: ${said}` : ''}`,
    remedy: "Look the correlation id up in HubSpot under the app's logs, or report it with this message.",
  };
};

/** The error of a refused call; `cause` is the `Refusal`. Holds no token, no values and no body. */
export function refusedError(refusal: Refusal, call: { method: string; path: string }): HubSpotRefusedError {
  const { what, remedy } = tell(refusal, call.path);
  const id = refusal.correlationId ? `, correlation id ${refusal.correlationId}` : '';
  const message = `${what} (${call.method} ${call.path}: HTTP ${refusal.status} ${refusal.category}${id}).`;
  return new HubSpotRefusedError(message, remedy, {
    status: refusal.status,
    category: refusal.category,
    cause: refusal,
  });
}

/** An error answer in HubSpot's envelope; every field beyond status and message is optional (docs: error handling). */
export class Refusal extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  /** The body as sent. */
  body(correlationId: string): Readonly<Record<string, unknown>> {
    return { status: 'error', message: this.message, correlationId, ...this.details };
  }
}

/** 400: the request breaks a rule. */
export function invalid(message: string, details: Readonly<Record<string, unknown>> = {}): Refusal {
  return new Refusal(400, message, { ...details, category: 'VALIDATION_ERROR' });
}

/** 401: no token, or one that is not this app's. */
export function unauthenticated(): Refusal {
  return new Refusal(
    401,
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    { category: 'INVALID_AUTHENTICATION' },
  );
}

/** 403: the token lacks a scope, or the account lacks the product that scope belongs to. */
export function missingScopes(requiredGranularScopes: readonly string[], all: boolean): Refusal {
  return new Refusal(
    403,
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      errors: [
        {
          message: `${all ? 'All' : 'One or more'} of the following scopes are required.`,
          context: { requiredGranularScopes },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
      category: 'MISSING_SCOPES',
    },
  );
}

/** 404: nothing under this id or name. */
export function notFound(message = 'resource not found', details: Readonly<Record<string, unknown>> = {}): Refusal {
  return new Refusal(404, message, { ...details, category: 'OBJECT_NOT_FOUND' });
}

/** 405: the path exists, the method does not. */
export function methodNotAllowed(): Refusal {
  return new Refusal(405, 'HTTP 405 Method Not Allowed');
}

/** 409: a definition of this name exists. */
export function alreadyExists(message: string, subCategory?: string): Refusal {
  return new Refusal(409, message, { category: 'OBJECT_ALREADY_EXISTS', ...(subCategory && { subCategory }) });
}

/** 401: a token that was valid until a moment, milliseconds since the epoch (observed, airbyte issue 74726). */
export function expiredToken(until: number, now: number): Refusal {
  const seconds = Math.max(0, Math.floor((now - until) / 1_000));
  return new Refusal(401, `The OAuth token used to make this call expired ${seconds} second(s) ago.`, {
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(until).toISOString()] },
  });
}

const rateLimitMessages = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
  DAILY: 'You have reached your daily limit.',
} as const;

/** Which limit a 429 names. */
export type RateLimitPolicy = keyof typeof rateLimitMessages;

/** 429, without `Retry-After` (observed, hubspot-api-python issue 117 and mk-node-hubspot issue 89). */
export function rateLimited(policyName: RateLimitPolicy, appId: string): Refusal {
  return new Refusal(429, rateLimitMessages[policyName], {
    errorType: 'RATE_LIMIT',
    policyName,
    ...(policyName === 'TEN_SECONDLY_ROLLING' && {
      groupName: `publicapi:private-apps-api-calls-ten-secondly:${appId}`,
    }),
    category: 'RATE_LIMITS',
  });
}

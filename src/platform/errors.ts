/** The closed family of errors. Each says what is wrong and, for people, what to do; `cause` keeps the origin. */
export abstract class ConnectorError extends Error {
  abstract override readonly name: string;
  /** True where trying again later can succeed. */
  readonly retryable: boolean = false;
  /** One sentence: what a person does about it. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** Wrong or missing configuration: environment, `connector.config.ts`, a token of another portal. */
export class ConfigurationError extends ConnectorError {
  override readonly name = 'ConfigurationError';
}

/** Data from outside that is not what it must be: a webhook body, a portal file, an answer of HubSpot's. */
export class PayloadError extends ConnectorError {
  override readonly name = 'PayloadError';
}

/** HubSpot cannot answer now: 423, 429, 477, 5xx, time-out, broken connection, or an allowance that is used up. */
export class HubSpotBusyError extends ConnectorError {
  override readonly name = 'HubSpotBusyError';
  override readonly retryable = true;
  /** When trying again makes sense, in milliseconds since the epoch; null where nobody knows. */
  readonly retryAt: number | null;
  /** True where HubSpot is well, and calls more urgent than this one are still sent: its lane has no allowance left. */
  readonly laneOnly: boolean;

  constructor(
    message: string,
    remedy: string,
    { retryAt = null, laneOnly = false, ...options }: ErrorOptions & BusyDetails = {},
  ) {
    super(message, remedy, options);
    this.retryAt = retryAt;
    this.laneOnly = laneOnly;
  }
}

type BusyDetails = Partial<Pick<HubSpotBusyError, 'retryAt' | 'laneOnly'>>;

/** HubSpot will not do it: wrong token, missing scope, wrong tier, invalid request. */
export class HubSpotRefusedError extends ConnectorError {
  override readonly name = 'HubSpotRefusedError';
  /** HTTP status. */
  readonly status: number;
  /** HubSpot's own category, such as `MISSING_SCOPES`. */
  readonly category: string;

  constructor(message: string, remedy: string, details: { status: number; category: string } & ErrorOptions) {
    super(message, remedy, details);
    this.status = details.status;
    this.category = details.category;
  }
}

/** Somebody else wrote the same item first; read again and retry. */
export class StoreConflictError extends ConnectorError {
  override readonly name = 'StoreConflictError';
  override readonly retryable = true;
}

/** The store does not take what it is given now: more is written than DynamoDB has room for yet. */
export class StoreBusyError extends ConnectorError {
  override readonly name = 'StoreBusyError';
  override readonly retryable = true;
}

import { ConnectorError, PayloadError } from '#platform/errors.ts';

const translated = (error: unknown): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new PayloadError(
        "HubSpot's answer is not what its documentation says.",
        'Report it with the cause below; the answer is read in src/hubspot.',
        { cause: error },
      );

/**
 * A call whose every failure is one of `src/platform/errors.ts`. An answer of another shape than documented fails while it is
 * read, deep in the generated client or in our own code: better an error than half a page.
 */
export const guarded =
  <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
  async (...given: A): Promise<R> => {
    try {
      return await call(...given);
    } catch (error) {
      throw translated(error);
    }
  };

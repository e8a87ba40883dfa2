import { ConnectorError } from '#platform/errors.ts';
import { PortalError } from './portals/portal-error.ts';

/** What went wrong in words, with what to do about it; the stack only for errors nobody foresaw. */
export function messageOf(error: unknown): string {
  if (error instanceof ConnectorError) return `${error.message}\n${error.remedy}`;
  if (error instanceof PortalError || error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A portal that cannot be opened: says which file and line, what is wrong there, and what to do about it. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
}

declare global {
  interface JSON {
    /** ECMAScript proposal "JSON.parse source text access", in Node since 21. */
    rawJSON(text: string): unknown;
  }
}

/** An id written as a JSON number, digit for digit beyond 2^53: HubSpot sends `toObjectId` that way (observed). */
export function jsonInteger(digits: string): unknown {
  return JSON.rawJSON(digits);
}

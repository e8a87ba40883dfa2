const unsafe = /[:,[]\s*-?\d{16}/;
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const long = /^-?\d{16,}$/;
const numericTarget = /("toObjectId"\s*:\s*)(-?\d+)/g;

/**
 * JSON text in which integers of 16 digits or more, and every `toObjectId`, are strings, so that no id passes through a
 * floating-point number. HubSpot sends `toObjectId` as a number (https://github.com/HubSpot/hubspot-api-nodejs/issues/552).
 */
export function quoteLongIntegers(json: string): string {
  const quoted = unsafe.test(json) ? json.replace(tokens, (token) => (long.test(token) ? `"${token}"` : token)) : json;
  return quoted.replace(numericTarget, '$1"$2"');
}

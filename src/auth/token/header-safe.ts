/** Matches the characters of RFC 6750 section 2.1 with some tolerance: printable ASCII without spaces. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** Returns whether a header can carry this token or client secret. */
export function isHeaderSafe(text: string): boolean {
  return HEADER_SAFE.test(text);
}

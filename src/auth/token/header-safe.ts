/** RFC 6750 section 2.1, with room for the unexpected: printable ASCII, no blank. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** Whether a token or a client secret can be carried by a header. */
export function isHeaderSafe(text: string): boolean {
  return HEADER_SAFE.test(text);
}

/** RFC 6750 section 2.1, with room for the unexpected: printable ASCII, no blank. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** Whether a token or a client secret can be carried by a header. */
export function isSendable(text: string): boolean {
  return SENDABLE.test(text);
}

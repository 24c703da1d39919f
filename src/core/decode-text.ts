/**
 * Whether bytes begin with a UTF-16 byte order mark. PowerShell 5 writes one into every file to which it
 * redirects output.
 */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Decodes the bytes of a text file as UTF-16 if they begin with its byte order mark, and otherwise as UTF-8. */
export function decodeText(bytes: Buffer): string {
  if (!isUtf16(bytes)) return bytes.toString("utf8");
  if (bytes[0] === 0xff) return bytes.toString("utf16le", 2);
  const pairs = bytes.subarray(2, bytes.length - (bytes.length % 2));
  return Buffer.from(pairs).swap16().toString("utf16le");
}

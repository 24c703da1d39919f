import { crc32 } from "node:zlib";

/**
 * Returns the CRC-32 of bytes that follow other bytes. It detects what a crash or a disk loses or changes, in a quarter
 * of the time of SHA-256.
 * @param before the CRC-32 of the bytes before; 0 when there are none
 */
export function checksumAfter(before: number, bytes: Uint8Array): number {
  // For an empty array without memory, such as one that another thread sent, zlib returns 0 and ignores `before`.
  return bytes.length === 0 ? before : crc32(bytes, before);
}

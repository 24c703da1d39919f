import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { checksumAfter } from "../../../src/export/files/checksum.ts";

test("the checksum of consecutive pieces is the checksum of all bytes", () => {
  const [first, second] = [Buffer.from("first "), Buffer.from("second")];
  expect(checksumAfter(checksumAfter(0, first), second)).toBe(crc32("first second"));
});

test("an empty piece leaves the checksum unchanged, even without memory of its own", () => {
  const before = crc32("before");
  expect(checksumAfter(before, new Uint8Array(new ArrayBuffer(0)))).toBe(before);
  expect(checksumAfter(before, Buffer.alloc(0))).toBe(before);
});

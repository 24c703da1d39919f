import { expect, test } from "vitest";
import { decodeText } from "../../src/core/decode-text.ts";

const TEXT = '{"message":"größer"}\n';
const little = Buffer.from(`\ufeff${TEXT}`, "utf16le");

test.each([
  ["UTF-8", Buffer.from(TEXT), TEXT],
  ["UTF-16, low byte first", little, TEXT],
  ["UTF-16, high byte first", Buffer.from(little).swap16(), TEXT],
  ["UTF-16 that ends within a character", Buffer.concat([little, Buffer.from([0x41])]), TEXT],
  [
    "UTF-16, high byte first, that ends within a character",
    Buffer.concat([Buffer.from(little).swap16(), Buffer.from([0x00])]),
    TEXT,
  ],
  ["nothing", Buffer.alloc(0), ""],
])("decodes text in %s", (_name, bytes, text) => {
  expect(decodeText(bytes)).toBe(text);
});

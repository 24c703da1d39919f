import { expect, test } from "vitest";
import { mediaFileName } from "../../../src/export/media/file-name.ts";

const ID = "6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a";
const HASHED = /^[0-9a-f]{64}\.ogg$/;

test("names a file by its id and content type", () => {
  expect(mediaFileName(ID, "audio/ogg; codecs=opus")).toBe(`${ID}.ogg`);
  expect(mediaFileName(ID, "constructor")).toBe(`${ID}.bin`);
  expect(mediaFileName(ID, null)).toBe(`${ID}.bin`);
});

test.each(["../x", "a/b", "a\\b", "..", "", ".hidden", "-rf", "con", "com1", "a:b", "a?b", "a\u0000"])(
  "never names a file %j",
  (id) => {
    expect(mediaFileName(id, "audio/ogg")).toMatch(HASHED);
  },
);

test.each(["a\u001b[2J", "a\nb", "\u202Egpj", "a\u009b31m", `${"a".repeat(101)}`])(
  "keeps terminal escapes and overlong ids out of a name: %j",
  (id) => {
    expect(mediaFileName(id, "audio/ogg")).toMatch(HASHED);
  },
);

test("gives different names to ids that differ only in case", () => {
  const names = ["abc", "ABC", "Abc"].map((id) => mediaFileName(id, "audio/ogg").toLowerCase());
  expect(new Set(names).size).toBe(3);
});

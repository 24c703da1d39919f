import { expect, test } from "vitest";
import { mediaFileName } from "../../../src/export/media/file-name.ts";

const ID = "6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a";
const HASHED = /^[0-9a-f]{64}\.ogg$/;

test("the name of a downloaded file has its id and an ending for its content type", () => {
  expect(mediaFileName(ID, "audio/ogg; codecs=opus")).toBe(`${ID}.ogg`);
  expect(mediaFileName(ID, "constructor")).toBe(`${ID}.bin`);
  expect(mediaFileName(ID, null)).toBe(`${ID}.bin`);
});

test.each(["../x", "a/b", "a\\b", "..", "", ".hidden", "-rf", "con", "com1", "a:b", "a?b", "a\u0000"])(
  "a downloaded file is never named %j",
  (id) => {
    expect(mediaFileName(id, "audio/ogg")).toMatch(HASHED);
  },
);

test.each(["a\u001b[2J", "a\nb", "\u202Egpj", "a\u009b31m", `${"a".repeat(101)}`])(
  "the name of a downloaded file contains no terminal escape and no overlong id: %j",
  (id) => {
    expect(mediaFileName(id, "audio/ogg")).toMatch(HASHED);
  },
);

test("downloaded files with ids that differ only in case have different names", () => {
  const names = ["abc", "ABC", "Abc"].map((id) => mediaFileName(id, "audio/ogg").toLowerCase());
  expect(new Set(names).size).toBe(3);
});

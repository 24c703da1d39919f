import { describe, expect, test } from "vitest";
import { hideKnown, spellingsOf } from "../../../src/core/redaction/known-secrets.ts";

describe("replaces a known secret in text", () => {
  test.each([
    ["in plain form", ["s3cret/+="], "<s3cret/+=>", "<[secret]>"],
    ["URL-encoded", ["s3cret/+="], "?t=s3cret%2F%2B%3D&x", "?t=[secret]&x"],
    ["URL-decoded", ["p%40ss-word"], "user:p@ss-word", "user:[secret]"],
    [
      "as a whole, when it contains another secret",
      ["short", "a-short-one"],
      "a-short-one short",
      "[secret] [secret]",
    ],
    ["every time", ["twice"], "twicetwice", "[secret][secret]"],
    ["beside a percent sign that encodes nothing", ["50%off"], "50%off 50%25off", "[secret] [secret]"],
    ["beside half of a surrogate pair", ["\ud800abc"], "\ud800abc", "[secret]"],
  ])("%s", (_case, secrets, text, expected) => {
    expect(hideKnown(text, spellingsOf(secrets))).toBe(expected);
  });
});

test("a secret of three characters is not replaced, because ordinary words contain it", () => {
  expect(hideKnown("the end", spellingsOf(["the", ""]))).toBe("the end");
});

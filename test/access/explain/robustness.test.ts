import { setFlagsFromString } from "node:v8";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../../../src/access/explain/explain.ts";
import { LAYER_NAMES } from "../../../src/access/verdict/verdict.ts";
import { quickKnowledge } from "./packaged-knowledge.ts";

const explainText = (text: string) => explain(text, quickKnowledge);

const PIECES = [
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "\\",
  "\n",
  "> POST /api/v2/users HTTP/2\n",
  "< HTTP/2 403\n",
  "│ ",
  '{"message":"',
  '"code":"missing.permissions"',
  '"status":403',
  "assigned: [",
  "a:b:c",
  "scope",
  "https://",
  "api.mypurecloud.com",
  "/api/v2/",
  "client_secret=",
  "Bearer ",
  "%s",
  "\u0000",
  "\u{1f600}",
  'rawBody":"eyJhIjoxfQ==',
];

test("explains any text without throwing", () => {
  const strange = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 60 })
      .map((parts) => parts.join("")),
    fc.json(),
  );
  fc.assert(
    fc.property(strange, (text) => {
      for (const { layer, status } of explainText(text)) {
        expect(LAYER_NAMES).toContain(layer);
        expect(status === null || Number.isInteger(status)).toBe(true);
      }
    }),
    { numRuns: 1_500 },
  );
});

test("reads a HAR that is cut off at any position", () => {
  const entry = {
    request: { method: "GET", url: "https://api.mypurecloud.com/api/v2/users", headers: [] },
    response: {
      status: 403,
      content: { text: '{"code":"missing.permissions","status":403,"message":"no"}' },
    },
  };
  const text = JSON.stringify({ log: { entries: [entry, entry] } });
  for (let length = 0; length < text.length; length += 7) {
    expect(Array.isArray(explainText(text.slice(0, length)))).toBe(true);
  }
});

describe("takes time proportional to the size of a paste with", () => {
  const SIZE = 8_000_000;
  // A process that has compiled many regular expressions stops optimizing them. Each step of an unbounded repetition
  // then stays on a stack of 64 MB.
  beforeAll(() => setFlagsFromString("--no-regexp-optimization"));
  afterAll(() => setFlagsFromString("--regexp-optimization"));

  test.each([
    ["opening braces", "{".repeat(SIZE)],
    ["nested objects that are never closed", '{"a":'.repeat(SIZE / 5)],
    ["opening brackets between braces", "[{".repeat(SIZE / 2)],
    ["quotes", '"'.repeat(SIZE)],
    ["backslashes", "\\".repeat(SIZE)],
    ["one long word", "a".repeat(SIZE)],
    ["one long token", "eyJhbGciOi1".repeat(SIZE / 11)],
    ["dotted words", "a.".repeat(SIZE / 2)],
    ["colons", "a:b:".repeat(SIZE / 4)],
    ["slashes", "/api/v2/".repeat(SIZE / 8)],
    ["blanks", " ".repeat(SIZE)],
    ["line feeds", "\n".repeat(SIZE)],
    ["gutters", "│ \n".repeat(SIZE / 3)],
    ["token words", "token ".repeat(SIZE / 6)],
    ["authorization words", "authorization: ".repeat(SIZE / 15)],
    ["log lines", "2026-10-01 10:00:00 INFO request ok status=200 path=/api/v2/users\n".repeat(SIZE / 65)],
    ["refusals", '{"code":"missing.permissions","status":403,"message":"no"}\n'.repeat(SIZE / 58)],
    ["request lines", "> GET /api/v2/users HTTP/2\n".repeat(SIZE / 27)],
  ])("%s", (_name, text) => {
    expect(Array.isArray(explainText(text))).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import type { Cell, Column } from "../../../src/analytics/table.ts";
import { csvText } from "../../../src/export/writers/csv-text.ts";

const asIs = { header: false, guardFormulas: false };
const guarded = { header: false, guardFormulas: true };
const one = (type: Column["type"]): readonly Column[] => [{ name: "value", type }];

test("rows are lines that end in CRLF, below the names of the columns", () => {
  const columns: readonly Column[] = [
    { name: "conversationId", type: "string" },
    { name: "durationMs", type: "int64" },
    { name: 'said, "so"', type: "boolean" },
  ];
  const rows = [
    ["c-1", 61000, true],
    ["c-2", null, false],
  ];
  expect(csvText(columns, rows, { header: true, guardFormulas: true })).toBe(
    'conversationId,durationMs,"said, ""so"""\r\nc-1,61000,true\r\nc-2,,false\r\n',
  );
});

test("no rows are the header alone, or nothing", () => {
  expect(csvText(one("string"), [], { header: true, guardFormulas: true })).toBe("value\r\n");
  expect(csvText(one("string"), [], asIs)).toBe("");
});

test.each<[string, Column["type"], Cell, string]>([
  ["an absent value", "string", null, ""],
  ["an empty string", "string", "", '""'],
  ["a comma", "string", "a, b", '"a, b"'],
  ["quotes", "string", 'the "best"', '"the ""best"""'],
  ["a line feed", "string", "a\nb", '"a\nb"'],
  ["a carriage return", "string", "a\rb", '"a\rb"'],
  ["a line separator", "string", "a\u2028b", "a\u2028b"],
  ["an emoji", "string", "👩‍🚒", "👩‍🚒"],
  ["strings", "strings", ["a,b", 'c"', ""], '"[""a,b"",""c\\"""",""""]"'],
  ["integers", "integers", [16, 410], '"[16,410]"'],
  ["integers beyond 2^53", "integers", [9007199254740993n, 1], '"[9007199254740993,1]"'],
  ["an empty list", "strings", [], "[]"],
  ["an integer beyond 2^53", "int64", 9007199254740993n, "9007199254740993"],
  ["a fraction", "double", 4.882588863372803, "4.882588863372803"],
  ["JSON", "json", '{"a":1}', '"{""a"":1}"'],
])("%s is a field of its own", (_name, type, cell, field) => {
  expect(csvText(one(type), [[cell]], asIs)).toBe(`${field}\r\n`);
});

describe("the guard against formulas", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+5551234", "'+5551234"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
    ["1=1", "1=1"],
  ])("disarms %j", (text, field) => {
    expect(csvText(one("string"), [[text]], guarded)).toBe(`${field}\r\n`);
  });

  test("leaves what is no text alone", () => {
    expect(csvText(one("int64"), [[-5]], guarded)).toBe("-5\r\n");
    expect(csvText(one("double"), [[-0.5]], guarded)).toBe("-0.5\r\n");
    expect(csvText(one("json"), [["-5"]], guarded)).toBe("-5\r\n");
  });

  test("is off when it is not wanted", () => {
    expect(csvText(one("string"), [["+5551234"]], asIs)).toBe("+5551234\r\n");
  });
});
